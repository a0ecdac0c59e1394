package dev.gatlingllm.simulator;

import java.time.Duration;

/**
 * A quota per minute as a token bucket: it comes back evenly, so that it holds below the minute
 * too, and what may be used at once is what comes back within the burst time, at least 1. A cost
 * above that size is let in when the bucket is full and paid back afterwards.
 *
 * <p>All arithmetic is in whole units, one sixty-billionth of what is counted, so that a caller
 * that waits exactly as long as it was told is let in. Not safe for use by several threads.
 */
final class Quota {

  private static final long UNITS = 60_000_000_000L;

  private final long perMinute;
  private final long size;
  private long level;
  private long sinceNanos;

  Quota(long perMinute, Duration burst, long nowNanos) {
    this.perMinute = perMinute;
    this.size = Math.max(perMinute * burst.toNanos(), UNITS);
    this.level = size;
    this.sinceNanos = nowNanos;
  }

  /** How long until this cost is let in, 0 for now. */
  long waitNanos(long nowNanos, long cost) {
    refill(nowNanos);
    long missing = Math.min(cost * UNITS, size) - level;
    return missing <= 0 ? 0 : ceilDiv(missing, perMinute);
  }

  void take(long cost) {
    level -= cost * UNITS;
  }

  /** What may be used at this moment, rounded down. */
  long remaining() {
    return Math.max(0, level / UNITS);
  }

  private void refill(long nowNanos) {
    long elapsedNanos = nowNanos - sinceNanos;
    if (elapsedNanos >= ceilDiv(size - level, perMinute)) {
      level = size;
    } else {
      level += elapsedNanos * perMinute;
    }
    sinceNanos = nowNanos;
  }

  private static long ceilDiv(long dividend, long divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }
}
