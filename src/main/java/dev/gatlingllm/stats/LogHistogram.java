package dev.gatlingllm.stats;

import java.util.Arrays;
import java.util.Objects;

/**
 * Values counted in buckets of which each is 2 % wider than the one before, so that the middle of a
 * bucket is at most 1 % away from each of its values. Number, mean, deviation, least and greatest
 * value are exact. Confined to one thread.
 */
public final class LogHistogram {

  /** The greatest value of a bucket divided by that of the one before. */
  public static final double GROWTH = 1.02;

  /** The greatest value of the first bucket; what is not greater is in it. */
  public static final double LEAST = 1e-3;

  private static final double LOG_GROWTH = Math.log(GROWTH);
  private static final int[] NONE = {};

  private long n;
  private double mean;
  private double squares;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private int first;
  private int[] counts = NONE;

  LogHistogram() {}

  /** Counts a value, which is not NaN. */
  void add(double value) {
    n++;
    double distance = value - mean;
    mean += distance / n;
    squares += distance * (value - mean);
    min = Math.min(min, value);
    max = Math.max(max, value);
    count(bucket(value), 1);
  }

  /** Counts the values of another. */
  void add(LogHistogram other) {
    if (other.n == 0) {
      return;
    }
    long together = n + other.n;
    double distance = other.mean - mean;
    squares += other.squares + distance * distance * ((double) n * other.n / together);
    mean += distance * other.n / together;
    n = together;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    count(other.first, 0);
    count(other.first + other.counts.length - 1, 0);
    for (int i = 0; i < other.counts.length; i++) {
      counts[other.first - first + i] += other.counts[i];
    }
  }

  private static int bucket(double value) {
    // An integer is the greatest value of its bucket even if the logarithm is rounded up.
    return value <= LEAST ? 0 : (int) Math.ceil(Math.log(value / LEAST) / LOG_GROWTH - 1e-9);
  }

  private void count(int bucket, int values) {
    if (counts.length == 0) {
      first = bucket;
      counts = new int[1];
    } else if (bucket < first) {
      int[] longer = new int[counts.length + first - bucket];
      System.arraycopy(counts, 0, longer, first - bucket, counts.length);
      counts = longer;
      first = bucket;
    } else if (bucket >= first + counts.length) {
      counts = Arrays.copyOf(counts, bucket - first + 1);
    }
    counts[bucket - first] += values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LogHistogram histogram
        && n == histogram.n
        && mean == histogram.mean
        && squares == histogram.squares
        && min == histogram.min
        && max == histogram.max
        && first == histogram.first
        && Arrays.equals(counts, histogram.counts);
  }

  @Override
  public int hashCode() {
    return Objects.hash(n, mean, first, Arrays.hashCode(counts));
  }

  /** How many values. */
  public long n() {
    return n;
  }

  /** Arithmetic mean; 0 if there are no values. */
  public double mean() {
    return mean;
  }

  /** The sum of the squared distances from the mean. */
  public double squares() {
    return squares;
  }

  /** The least value. */
  public double min() {
    return min;
  }

  /** The greatest value. */
  public double max() {
    return max;
  }

  /** The number of the first bucket that has a value; bucket 0 ends at {@link #LEAST}. */
  public int first() {
    return first;
  }

  /** How many values are in the first bucket, the next, and so on; a copy. */
  public int[] counts() {
    return counts.clone();
  }

  /** How many buckets there are from the first to the last. */
  int buckets() {
    return counts.length;
  }
}
