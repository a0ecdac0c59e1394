package dev.gatlingllm.record;

import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A {@link HealthSample} as one line of JSON, and back, without loss. {@code schemaVersion} is the
 * first field; histograms and shares that are absent in the sample are absent in the line, counts
 * are always there. Fields that this version does not know are skipped when reading.
 *
 * <p>Stateless and safe for use by many threads.
 */
public final class HealthSampleCodec {

  private static final int TYPICAL_LINE_BYTES = 512;

  private HealthSampleCodec() {}

  /** Returns the sample's line in UTF-8, with its line feed. */
  public static byte[] encode(HealthSample sample) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(TYPICAL_LINE_BYTES);
    try {
      LineJson.write(line, json -> HealthSampleJson.write(sample, json));
    } catch (IOException e) {
      throw new UncheckedIOException("a health sample could not be encoded", e);
    }
    return line.toByteArray();
  }

  /**
   * Reads a sample from its line in UTF-8; a line feed at its end is allowed.
   *
   * @throws RecordFormatException if the line is not a sample, or one of a newer version
   */
  public static HealthSample decode(byte[] line) {
    return LineJson.read(line, HealthSampleCodec::parse);
  }

  private static HealthSample parse(JsonParser json) throws IOException {
    return new HealthSampleParser(json).parse();
  }
}
