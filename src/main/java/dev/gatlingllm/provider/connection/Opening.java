package dev.gatlingllm.provider.connection;

import dev.gatlingllm.timing.NanoClock;
import java.util.concurrent.TimeUnit;

/**
 * One connection on its way to being usable, and what is left of its time. Every part of it (name,
 * TCP, TLS) draws on the same budget.
 *
 * @param begunNanos when its name began to be looked up, on {@code clock}
 * @param deadlineNanos when it must be usable, on {@code clock}
 */
record Opening(long begunNanos, long deadlineNanos, NanoClock clock) {

  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  boolean isOver() {
    return leftNanos() <= 0;
  }

  /** What is left, in whole milliseconds and at least 1: to Netty, 0 means no limit. */
  int leftMillis() {
    long millis = (leftNanos() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
    return (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE));
  }

  /** How long it has been on its way. */
  long passedNanos() {
    return clock.nanos() - begunNanos;
  }

  private long leftNanos() {
    return deadlineNanos - clock.nanos();
  }
}
