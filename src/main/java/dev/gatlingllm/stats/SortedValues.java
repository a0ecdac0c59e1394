package dev.gatlingllm.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/** Values that are known exactly, as the beginning of an array. */
final class SortedValues implements Values {

  private final double[] sorted;
  private final int n;
  private final Optional<Independence> independence;

  private SortedValues(double[] sorted, int n, Optional<Independence> independence) {
    this.sorted = sorted;
    this.n = n;
    this.independence = independence;
  }

  /** Sorts the first values of an array in place; it must not change afterwards. */
  static SortedValues sort(double[] values, int n) {
    Arrays.parallelSort(values, 0, n);
    return new SortedValues(values, n, Optional.empty());
  }

  /** The values of several together. */
  static SortedValues together(List<SortedValues> parts) {
    double[] all = merged(parts);
    return new SortedValues(all, all.length, Optional.empty());
  }

  /**
   * The values of several together, of which the order is known.
   *
   * @param series all of them in their order
   */
  static SortedValues together(List<SortedValues> parts, double[] series) {
    double[] all = merged(parts);
    return new SortedValues(all, all.length, Optional.of(new OrderedValues(series, all)));
  }

  /** The values of stretches of a run that follow one another. */
  static SortedValues following(List<SortedValues> stretches) {
    double[] all = merged(stretches);
    return new SortedValues(
        all, all.length, Optional.of(new Stretches(List.<Values>copyOf(stretches))));
  }

  private static double[] merged(List<SortedValues> parts) {
    double[] all = new double[parts.stream().mapToInt(part -> part.n).sum()];
    int next = 0;
    for (SortedValues part : parts) {
      System.arraycopy(part.sorted, 0, all, next, part.n);
      next += part.n;
    }
    // It finds the sorted runs and merges them.
    Arrays.sort(all);
    return all;
  }

  /** Values of which the order is known. */
  static SortedValues inOrder(double[] series) {
    double[] sorted = series.clone();
    Arrays.parallelSort(sorted);
    return new SortedValues(sorted, series.length, Optional.of(new OrderedValues(series, sorted)));
  }

  /** Where the first of sorted values from one place to another is not below a value. */
  static int below(double[] sorted, int from, int to, double value) {
    return insertion(sorted, from, to, value, false);
  }

  /** Where the first of sorted values from one place to another is above a value. */
  static int atMost(double[] sorted, int from, int to, double value) {
    return insertion(sorted, from, to, value, true);
  }

  private static int insertion(
      double[] sorted, int from, int to, double value, boolean afterEqual) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value || (afterEqual && sorted[middle] == value)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public long n() {
    return n;
  }

  @Override
  public double at(long rank) {
    return sorted[(int) rank];
  }

  @Override
  public double mean() {
    return new Mean().evaluate(sorted, 0, n);
  }

  @Override
  public double deviation() {
    return new StandardDeviation().evaluate(sorted, mean(), 0, n);
  }

  /** Type 7 of Hyndman and Fan: rank 1 + (n − 1)p, linear between the closest ranks. */
  @Override
  public double percentile(double percent) {
    double rank = 1 + (n - 1) * (percent / 100);
    int below = (int) Math.floor(rank);
    if (below >= n) {
      return sorted[n - 1];
    }
    double low = sorted[below - 1];
    double value = low + (rank - below) * (sorted[below] - low);
    // A sum of two products may round to just above the greater of its two ends.
    return Math.min(value, sorted[n - 1]);
  }

  @Override
  public OptionalDouble worth(double level) {
    return independence
        .map(order -> OptionalDouble.of(order.worth(level)))
        .orElse(OptionalDouble.empty());
  }

  @Override
  public void forEach(Visitor visitor) {
    for (int i = 0; i < n; i++) {
      visitor.visit(sorted[i], 1);
    }
  }
}
