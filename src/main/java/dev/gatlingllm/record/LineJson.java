package dev.gatlingllm.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import dev.gatlingllm.secret.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * One JSON object per line, {@code schemaVersion} first and then the fields of a record. No message
 * of a thrown exception holds the content of a text field.
 */
final class LineJson<R extends Record> {

  private static final int TYPICAL_LINE_BYTES = 1024;

  // Neither closes nor flushes the stream under it: when a line reaches the disk is the writer's
  // decision.
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .characterEscapes(VisibleJson.ESCAPES)
          .addDecorator(VisibleJson.WHOLE_TEXTS)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final LineFormat<R> format;
  private final int version;

  /**
   * Lines of a record.
   *
   * @param version the newest that is known
   */
  LineJson(Class<R> type, int version) {
    this.format = new LineFormat<>(type, "");
    this.version = version;
  }

  /** Writes a line and its line feed; the stream is neither flushed nor closed. */
  void write(R value, OutputStream out) throws IOException {
    try (JsonGenerator json = new WithoutSecrets(JSON.createGenerator(out))) {
      json.writeStartObject();
      json.writeNumberField("schemaVersion", version);
      format.write(value, json);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  /** Returns a line with its line feed. */
  byte[] encode(R value) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(TYPICAL_LINE_BYTES);
    try {
      write(value, line);
    } catch (IOException e) {
      throw new UncheckedIOException("a line could not be encoded", e);
    }
    return line.toByteArray();
  }

  /**
   * Reads a line, on which nothing else may stand.
   *
   * @param takenOut see {@link JsonFields}
   */
  R read(byte[] line, List<Long> takenOut) {
    try (JsonParser json = JSON.createParser(line)) {
      JsonFields fields = new JsonFields(json, takenOut);
      fields.beginRecord(version);
      R value = format.read(fields);
      if (json.nextToken() != null) {
        throw new RecordFormatException("has something after the end of the record");
      }
      return value;
    } catch (StreamReadException e) {
      throw new RecordFormatException("is not valid JSON" + column(e));
    } catch (IOException e) {
      throw new RecordFormatException("cannot be decoded");
    }
  }

  /** Scrubs the texts, not the line: a number that looks like a secret must stay one. */
  private static final class WithoutSecrets extends JsonGeneratorDelegate {

    WithoutSecrets(JsonGenerator json) {
      super(json);
    }

    @Override
    public void writeFieldName(String name) throws IOException {
      super.writeFieldName(Redaction.text(name));
    }

    @Override
    public void writeString(String text) throws IOException {
      super.writeString(Redaction.text(text));
    }
  }

  private static String column(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
  }
}
