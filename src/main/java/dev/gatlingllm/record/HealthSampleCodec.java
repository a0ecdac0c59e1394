package dev.gatlingllm.record;

import java.util.List;

/**
 * A {@link HealthSample} as one line of JSON, and back, without loss. {@code schemaVersion} is the
 * first field; histograms and shares that are absent in the sample are absent in the line, counts
 * are always there. Fields that this version does not know are skipped when reading.
 *
 * <p>Stateless and safe for use by many threads.
 */
public final class HealthSampleCodec {

  private static final LineJson<HealthSample> LINES =
      new LineJson<>(HealthSample.class, HealthSample.SCHEMA_VERSION);

  private HealthSampleCodec() {}

  /** Returns the sample's line in UTF-8, with its line feed. */
  public static byte[] encode(HealthSample sample) {
    return LINES.encode(sample);
  }

  /**
   * Reads a sample from its line in UTF-8; a line feed at its end is allowed.
   *
   * @throws RecordFormatException if the line is not a sample, or one of a newer version
   */
  public static HealthSample decode(byte[] line) {
    return LINES.read(line, List.of());
  }
}
