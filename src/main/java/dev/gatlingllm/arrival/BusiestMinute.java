package dev.gatlingllm.arrival;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The most that falls within any 60 seconds: a window that begins at an arrival and slides. That is
 * what a quota of a minute meets at worst, whenever its minutes begin.
 *
 * <p>Arrivals are added in ascending order; each amount, such as calls or tokens, has a busiest
 * minute of its own. Used by one thread; keeps the arrivals of one minute.
 */
public final class BusiestMinute {

  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final Deque<Long> offsets = new ArrayDeque<>();
  private final Deque<long[]> brought = new ArrayDeque<>();
  private final long[] sums;
  private final long[] most;

  /**
   * No arrival yet.
   *
   * @param amounts how many amounts each arrival has
   */
  public BusiestMinute(int amounts) {
    this.sums = new long[amounts];
    this.most = new long[amounts];
  }

  /**
   * Adds an arrival.
   *
   * @param offsetNanos not before that of the arrival added last
   * @param amounts what it brings
   */
  public void add(long offsetNanos, long... amounts) {
    while (!offsets.isEmpty() && offsetNanos - offsets.peekFirst() >= MINUTE_NANOS) {
      offsets.removeFirst();
      long[] left = brought.removeFirst();
      Arrays.setAll(sums, i -> sums[i] - left[i]);
    }
    offsets.addLast(offsetNanos);
    brought.addLast(amounts.clone());
    Arrays.setAll(sums, i -> sums[i] + amounts[i]);
    Arrays.setAll(most, i -> Math.max(most[i], sums[i]));
  }

  /** The most of an amount within 60 seconds: 0 before the first arrival. */
  public long most(int amount) {
    return most[amount];
  }
}
