package dev.gatlingllm.stats;

import java.util.List;

/**
 * Counts of values between edges, for a histogram: bin i holds the values from edge i up to, but
 * not including, edge i + 1.
 *
 * @param log whether the bins are equally wide on a logarithmic scale, and not on a linear one
 * @param edges ascending, one more than counts; empty if there are no values
 * @param counts how many values in each bin
 * @param below how many values lie below the first edge
 * @param beyond how many values lie at or above the last edge
 */
public record Bins(boolean log, List<Double> edges, List<Long> counts, long below, long beyond) {

  /** No values. */
  public static final Bins NONE = new Bins(false, List.of(), List.of(), 0, 0);

  /** Copies the lists and checks their lengths. */
  public Bins {
    edges = List.copyOf(edges);
    counts = List.copyOf(counts);
    if (edges.size() != (counts.isEmpty() ? 0 : counts.size() + 1)) {
      throw new IllegalArgumentException(
          "edges must be one more than counts, were " + edges.size() + " and " + counts.size());
    }
  }
}
