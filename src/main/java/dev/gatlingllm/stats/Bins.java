package dev.gatlingllm.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
  static Bins linear(Optional<Values> values, double leastWidth) {
    return values.isPresent() ? linear(values.get(), leastWidth) : NONE;
  }

  private static Bins linear(Values values, double leastWidth) {
    double width = Math.max(leastWidth, roundUp(rawWidth(values)));
    long first = (long) Math.floor(values.at(0) / width);
    long last = (long) Math.floor(values.at(values.n() - 1) / width);
    long[] counts = new long[(int) Math.min(last - first + 1, MOST)];
    values.forEach(
        (value, count) -> {
          long bin = (long) Math.floor(value / width) - first;
          if (bin < counts.length) {
            counts[(int) bin] += count;
          }
        });
    return of(first, width, counts, values.n() - Arrays.stream(counts).sum());
  }

  private static Bins of(long first, double width, long[] counts, long beyond) {
    Double[] edges = new Double[counts.length + 1];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = (first + i) * width;
    }
    return new Bins(Arrays.asList(edges), Arrays.stream(counts).boxed().toList(), beyond);
  }

  private static double rawWidth(Values values) {
    long n = values.n();
    double min = values.at(0);
    double iqr = values.at((n - 1) * 3 / 4) - values.at((n - 1) / 4);
    double range = values.at(n - 1) - min;
    double width = TARGET_SHARE * 2 * iqr / Math.cbrt((double) n);
    return width > 0 ? width : Math.max(range / MOST, Math.abs(min) / 1000);
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
