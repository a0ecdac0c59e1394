package dev.gatlingllm.stats;

import java.util.Arrays;
import java.util.List;

/**
 * The instants that bound the calls of one key, in nanoseconds, and for how long the calls put load
 * on the service. Keeps the earliest and the latest starts, {@value #LARGEST_ROUND} of each at
 * most. Confined to one thread.
 *
 * <p><b>Load time.</b> A <i>round</i> is the {@code m} calls that had started when the first call
 * succeeded, or was cancelled by the client: the clients of a closed load, which start together and
 * stay in step for a while. With {@code n} calls, the load time is
 *
 * <pre>{@code
 * n ÷ (n − m) × (mean of the last m starts − mean of the first m starts)
 * }</pre>
 *
 * <p>The sum of {@code start[i + m] − start[i]} over all {@code i} is {@code m} times the distance
 * of these means, so the distance is the time that {@code n − m} starts took. Arrivals at equal
 * intervals give {@code n} intervals for every {@code m}; clients that repeat a call give the whole
 * rounds, not the starts of one burst more than there were pauses between bursts. No end of a call
 * but the first success matters, so that one that hangs changes nothing.
 */
final class SpanTally {

  /** So many starts at each end are kept; a larger round counts as one of this size. */
  static final int LARGEST_ROUND = 16_384;

  private double firstStart = Double.POSITIVE_INFINITY;
  private double firstLeft = Double.POSITIVE_INFINITY;
  private double lastEnd = Double.NEGATIVE_INFINITY;
  private long calls;
  private long completions;
  private final Least earliest = new Least();

  // With their signs reversed, so that the latest is the least.
  private final Least latest = new Least();

  void add(double start, double end, boolean succeeded) {
    calls++;
    firstStart = Math.min(firstStart, start);
    lastEnd = Math.max(lastEnd, end);
    earliest.add(start);
    latest.add(-start);
    if (succeeded) {
      completions++;
      left(end);
    }
  }

  /** A client was done with a call: from then on starts may follow ends. */
  void left(double end) {
    firstLeft = Math.min(firstLeft, end);
  }

  /** The calls of several keys, to be read and not added to. */
  static SpanTally together(List<SpanTally> keys) {
    SpanTally all = new SpanTally();
    for (SpanTally key : keys) {
      all.firstStart = Math.min(all.firstStart, key.firstStart);
      all.firstLeft = Math.min(all.firstLeft, key.firstLeft);
      all.lastEnd = Math.max(all.lastEnd, key.lastEnd);
      all.calls += key.calls;
      all.completions += key.completions;
      all.earliest.addAll(key.earliest);
      all.latest.addAll(key.latest);
    }
    return all;
  }

  /** From the first start to the last end; NaN or less than 0 if there is no call. */
  double wallNanos() {
    return lastEnd - firstStart;
  }

  double lastEnd() {
    return lastEnd;
  }

  double firstStart() {
    return firstStart;
  }

  long calls() {
    return calls;
  }

  long completions() {
    return completions;
  }

  /**
   * The time in which the calls put load on the service. NaN if no call succeeded, or if all had
   * started before the first one did: then nothing says how fast such calls follow each other.
   */
  double loadNanos() {
    int round = Math.max(1, earliest.below(firstLeft));
    if (firstLeft == Double.POSITIVE_INFINITY || calls <= round) {
      return Double.NaN;
    }
    double distance = -latest.meanOfFirst(round) - earliest.meanOfFirst(round);
    return distance > 0 ? distance * calls / (calls - round) : Double.NaN;
  }

  /** The least of many values. */
  private static final class Least {

    private double[] values = new double[16];
    private int size;

    void add(double value) {
      if (size == 2 * LARGEST_ROUND) {
        sort();
      }
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    void addAll(Least other) {
      for (int i = 0; i < other.size; i++) {
        add(other.values[i]);
      }
    }

    private void sort() {
      Arrays.sort(values, 0, size);
      size = Math.min(size, LARGEST_ROUND);
    }

    int below(double limit) {
      sort();
      int count = 0;
      while (count < size && values[count] < limit) {
        count++;
      }
      return count;
    }

    double meanOfFirst(int count) {
      sort();
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += values[i];
      }
      return sum / count;
    }
  }
}
