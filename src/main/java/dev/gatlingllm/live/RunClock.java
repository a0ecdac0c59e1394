package dev.gatlingllm.live;

import dev.gatlingllm.timing.NanoClock;
import java.time.Instant;

/**
 * The monotonic clock of a run, anchored once to wall time, so that a step of the wall clock moves
 * no measure.
 *
 * @param clock the monotonic clock
 * @param originNanos the clock's reading at the start of the run
 * @param origin wall time of the same instant
 */
public record RunClock(NanoClock clock, long originNanos, Instant origin) {

  /** Anchors a clock now. */
  public static RunClock startingNow(NanoClock clock) {
    return new RunClock(clock, clock.nanos(), Instant.now());
  }

  /** Nanoseconds since the start of the run. */
  public long sinceStart(long nanos) {
    return nanos - originNanos;
  }

  /** Wall time of an instant of the clock, milliseconds since the epoch. */
  public long epochMillis(long nanos) {
    return origin.toEpochMilli() + Math.floorDiv(nanos - originNanos, 1_000_000L);
  }
}
