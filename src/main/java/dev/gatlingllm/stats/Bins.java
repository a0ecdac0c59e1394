package dev.gatlingllm.stats;

import java.util.Arrays;
import java.util.List;

/**
 * Counts of values between edges, for a chart: bin i holds the values from edge i up to, but not
 * including, edge i + 1.
 *
 * @param edges ascending, one more than counts; empty if there are no values
 * @param counts how many values in each bin
 * @param beyond how many values lie at or above the last edge: a far tail that would flatten the
 *     rest
 */
public record Bins(List<Double> edges, List<Long> counts, long beyond) {

  private static final int MOST = 60;
  private static final double TARGET_SHARE = 0.5;

  /** No values. */
  public static final Bins NONE = new Bins(List.of(), List.of(), 0);

  /** Copies the lists and checks their lengths. */
  public Bins {
    edges = List.copyOf(edges);
    counts = List.copyOf(counts);
    if (edges.size() != (counts.isEmpty() ? 0 : counts.size() + 1)) {
      throw new IllegalArgumentException(
          "edges must be one more than counts, were " + edges.size() + " and " + counts.size());
    }
  }

  /**
   * At most 60 equal bins of a round width, chosen from the quartiles by the rule of Freedman and
   * Diaconis.
   *
   * @param leastWidth no bin is narrower, such as 1 for counts
   */
  static Bins linear(double[] values, double leastWidth) {
    if (values.length == 0) {
      return NONE;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double width = Math.max(leastWidth, roundUp(rawWidth(sorted)));
    long first = (long) Math.floor(sorted[0] / width);
    long last = (long) Math.floor(sorted[sorted.length - 1] / width);
    int size = (int) Math.min(last - first + 1, MOST);
    long[] counts = new long[size];
    long beyond = 0;
    for (double value : sorted) {
      long bin = (long) Math.floor(value / width) - first;
      if (bin < size) {
        counts[(int) bin]++;
      } else {
        beyond++;
      }
    }
    return of(first, width, counts, beyond);
  }

  private static Bins of(long first, double width, long[] counts, long beyond) {
    Double[] edges = new Double[counts.length + 1];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = (first + i) * width;
    }
    return new Bins(Arrays.asList(edges), Arrays.stream(counts).boxed().toList(), beyond);
  }

  private static double rawWidth(double[] sorted) {
    int n = sorted.length;
    double iqr = sorted[(n - 1) * 3 / 4] - sorted[(n - 1) / 4];
    double range = sorted[n - 1] - sorted[0];
    double width = TARGET_SHARE * 2 * iqr / Math.cbrt(n);
    return width > 0 ? width : Math.max(range / MOST, Math.abs(sorted[0]) / 1000);
  }

  /** The next of 1, 2, 5, 10, 20, … times a power of ten. */
  private static double roundUp(double width) {
    if (width <= 0) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(width)));
    for (double step : new double[] {1, 2, 5}) {
      if (width <= step * power) {
        return step * power;
      }
    }
    return 10 * power;
  }
}
