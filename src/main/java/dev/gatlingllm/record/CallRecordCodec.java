package dev.gatlingllm.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * A {@link CallRecord} as one line of JSON, and back, without loss.
 *
 * <p>{@code schemaVersion} is the first field; instants and durations are integers whose name ends
 * in the unit; what is absent or empty in the record is absent in the line. Fields that this
 * version does not know are skipped when reading, so that a record may grow without a new version.
 *
 * <p>Stateless and safe for use by many threads. No message of a thrown exception holds the content
 * of a text field, which may be a prompt.
 */
public final class CallRecordCodec {

  // Neither closes nor flushes the stream under it: when a line reaches the disk is the writer's
  // decision.
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private static final int TYPICAL_LINE_BYTES = 1024;

  private CallRecordCodec() {}

  /** Writes the record's line and its line feed; the stream is neither flushed nor closed. */
  public static void write(CallRecord call, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      CallRecordJson.write(call, json);
      json.writeRaw('\n');
    }
  }

  /** Returns the record's line in UTF-8, with its line feed. */
  public static byte[] encode(CallRecord call) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(TYPICAL_LINE_BYTES);
    try {
      write(call, line);
    } catch (IOException e) {
      throw new UncheckedIOException("call " + call.id() + " could not be encoded", e);
    }
    return line.toByteArray();
  }

  /**
   * Reads a record from its line in UTF-8; a line feed at its end is allowed.
   *
   * @throws RecordFormatException if the line is not a record, or one of a newer version
   */
  public static CallRecord decode(byte[] line) {
    Optional<LineGaps> gaps = LineGaps.in(line);
    if (gaps.isPresent()) {
      try {
        return decode(gaps.get().rest(), gaps.get().micros());
      } catch (RecordFormatException ignored) {
        // Below it is found again, and its place is that in the line as it is.
      }
    }
    return decode(line, List.of());
  }

  private static CallRecord decode(byte[] line, List<Long> gapsMicros) {
    try (JsonParser json = JSON.createParser(line)) {
      CallRecord call = new CallRecordParser(json, gapsMicros).parse();
      if (json.nextToken() != null) {
        throw new RecordFormatException("has something after the end of the record");
      }
      return call;
    } catch (StreamReadException e) {
      throw new RecordFormatException("is not valid JSON" + column(e));
    } catch (IOException e) {
      throw new RecordFormatException("cannot be decoded");
    }
  }

  private static String column(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
  }
}
