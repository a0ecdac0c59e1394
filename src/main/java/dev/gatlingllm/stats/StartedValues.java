package dev.gatlingllm.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Values in the order in which their calls started. Immutable. */
public final class StartedValues {

  private static final int MANY = 10_000;
  private static final int DIGIT_BITS = 11;
  private static final int DIGITS = 1 << DIGIT_BITS;

  private final int[] starts;
  private final double[] series;

  private StartedValues(int[] starts, double[] series) {
    this.starts = starts;
    this.series = series;
  }

  /** Sorts values by their starts; those that started together keep their order. */
  static StartedValues of(double[] values, int[] starts) {
    int n = values.length;
    long[] order = new long[n];
    for (int i = 0; i < n; i++) {
      order[i] = ((long) starts[i] << Integer.SIZE) | i;
    }
    order = n < MANY ? sorted(order) : distributed(order);
    int[] sorted = new int[n];
    double[] series = new double[n];
    for (int i = 0; i < n; i++) {
      sorted[i] = (int) (order[i] >> Integer.SIZE);
      series[i] = values[(int) order[i]];
    }
    return new StartedValues(sorted, series);
  }

  private static long[] sorted(long[] order) {
    Arrays.sort(order);
    return order;
  }

  /**
   * Sorts by the upper halves, none of them negative, and leaves equal ones in their order: by
   * counting, from the lowest bits to the highest, which of many calls takes an eighth of the time
   * of comparing them.
   */
  private static long[] distributed(long[] order) {
    long[] from = order;
    long[] to = new long[order.length];
    for (int shift = Integer.SIZE; shift < Long.SIZE - 1; shift += DIGIT_BITS) {
      int[] next = new int[DIGITS + 1];
      for (long one : from) {
        next[(int) (one >>> shift) % DIGITS + 1]++;
      }
      for (int digit = 1; digit <= DIGITS; digit++) {
        next[digit] += next[digit - 1];
      }
      for (long one : from) {
        to[next[(int) (one >>> shift) % DIGITS]++] = one;
      }
      long[] free = from;
      from = to;
      to = free;
    }
    return from;
  }

  /** The values from the least to the greatest, with their order. */
  SortedValues sorted() {
    return SortedValues.inOrder(series);
  }

  /** How many values. */
  public int n() {
    return series.length;
  }

  /** The values in order; a copy. */
  public double[] series() {
    return series.clone();
  }

  /**
   * When each block but the first begins, in nanoseconds since the start of the run, if the values
   * are cut into contiguous blocks of as many values each, to within one.
   *
   * @param blocks from 1 to {@link #n}
   */
  public long[] cuts(int blocks) {
    long[] cuts = new long[blocks - 1];
    for (int i = 1; i < blocks; i++) {
      cuts[i - 1] = SlotCounts.nanos(starts[(int) ((long) n() * i / blocks)]);
    }
    return cuts;
  }

  /**
   * The values of the calls that started before the first cut, from there to the next, and so on;
   * absent if one of these blocks has none.
   *
   * @param cuts nanoseconds since the start of the run, ascending
   */
  public Optional<List<Values>> blocks(long[] cuts) {
    List<Values> blocks = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int to = i == cuts.length ? n() : firstFrom(SlotCounts.unit(cuts[i]));
      if (to <= from) {
        return Optional.empty();
      }
      double[] block = Arrays.copyOfRange(series, from, to);
      blocks.add(SortedValues.sort(block, block.length));
      from = to;
    }
    return Optional.of(blocks);
  }

  private int firstFrom(int unit) {
    int low = 0;
    int high = n();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts[middle] < unit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
