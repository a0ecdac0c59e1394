package dev.gatlingllm.record;

import java.util.List;
import java.util.Map;

/**
 * What one address of the service answered when its metrics were read: one line of {@code
 * server-metrics.jsonl}. Instants are nanoseconds since the start of the run on the run's monotonic
 * clock.
 *
 * @param round the number of the reading, from 0; all addresses are read in each
 * @param atNanos when the reading began
 * @param tookNanos until the whole answer had come, or had failed
 * @param address what was read
 * @param samples those of the answer that are kept
 * @param badLines lines of the answer that are no metrics text
 * @param error why nothing was read; empty if it was
 */
public record ServerScrape(
    long round,
    long atNanos,
    long tookNanos,
    String address,
    List<Sample> samples,
    @LineField(presence = LineField.Presence.UNLESS_EMPTY) int badLines,
    String error) {

  /** Version of the line's format: raised when a field changes its meaning or goes away. */
  public static final int SCHEMA_VERSION = 1;

  /** Copies the list. */
  public ServerScrape {
    samples = List.copyOf(samples);
  }

  /** Whether the address answered with metrics. */
  public boolean isRead() {
    return error.isEmpty();
  }

  /**
   * One value.
   *
   * @param name as it stands in the answer, such as {@code vllm:num_preemptions_total}
   * @param type {@code gauge}, {@code counter}, {@code histogram}, {@code summary}; empty if the
   *     answer does not say
   * @param labels by name; empty if it has none
   */
  public record Sample(String name, String type, Map<String, String> labels, double value) {

    /** Copies the labels. */
    public Sample {
      labels = Map.copyOf(labels);
    }
  }
}
