package dev.gatlingllm.arrival;

import dev.gatlingllm.timing.NanoClock;
import java.util.SplittableRandom;

/**
 * A clock that moves only when someone waits, with timers that fire up to a given error too early
 * or too late, and one stall during which nothing runs. Confined to one thread.
 */
final class SimulatedTimers implements NanoClock {

  private static final long SHORTEST_NANOS = 1_000;

  private final long errorNanos;
  private final SplittableRandom random = new SplittableRandom(20);
  private long now;
  private long stallAt = Long.MAX_VALUE;
  private long stallNanos;

  SimulatedTimers(long errorNanos) {
    this.errorNanos = errorNanos;
  }

  SimulatedTimers stallingAt(long atNanos, long forNanos) {
    stallAt = atNanos;
    stallNanos = forNanos;
    return this;
  }

  @Override
  public long nanos() {
    return now;
  }

  void sleep(long nanos) {
    long error = errorNanos == 0 ? 0 : random.nextLong(-errorNanos, errorNanos + 1);
    now += Math.max(SHORTEST_NANOS, nanos + error);
    if (now >= stallAt) {
      now = Math.max(now, stallAt + stallNanos);
      stallAt = Long.MAX_VALUE;
    }
  }
}
