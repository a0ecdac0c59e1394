package dev.gatlingllm.record;

import java.io.IOException;
import java.io.OutputStream;
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

  private static final LineJson<CallRecord> LINES =
      new LineJson<>(CallRecord.class, CallRecord.SCHEMA_VERSION);

  private CallRecordCodec() {}

  /** Writes the record's line and its line feed; the stream is neither flushed nor closed. */
  public static void write(CallRecord call, OutputStream out) throws IOException {
    LINES.write(call, out);
  }

  /** Returns the record's line in UTF-8, with its line feed. */
  public static byte[] encode(CallRecord call) {
    return LINES.encode(call);
  }

  /**
   * Reads a record from its line in UTF-8; a line feed at its end is allowed.
   *
   * @throws RecordFormatException if the line is not a record, or one of a newer version
   */
  public static CallRecord decode(byte[] line) {
    Optional<LineInterChunks> interChunks = LineInterChunks.in(line);
    if (interChunks.isPresent()) {
      try {
        return LINES.read(interChunks.get().rest(), interChunks.get().micros());
      } catch (RecordFormatException ignored) {
        // Below it is found again, and its place is that in the line as it is.
      }
    }
    return LINES.read(line, List.of());
  }
}
