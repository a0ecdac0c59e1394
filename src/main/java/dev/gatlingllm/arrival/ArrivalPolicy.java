package dev.gatlingllm.arrival;

import java.time.Duration;

/**
 * Decides what to do with an arrival at a given instant. Pure arithmetic: waits for nothing, reads
 * no clock, keeps no state.
 *
 * <p>An arrival stays where the schedule put it. A timer that fires early waits for the rest, one
 * that fires late does not move the arrivals after it, so the rate does not drift. When the client
 * has stalled, the arrivals it slept through are dropped instead of being sent in one burst, unless
 * catching up is asked for.
 *
 * @param maxScheduleDelay how late an arrival may still be started, more than 0; without effect
 *     when catching up
 * @param catchUp whether to start every arrival, however late
 */
public record ArrivalPolicy(Duration maxScheduleDelay, boolean catchUp) {

  /** Rejects a {@code maxScheduleDelay} that is 0, negative or longer than 292 years. */
  public ArrivalPolicy {
    if (maxScheduleDelay.isZero()
        || maxScheduleDelay.isNegative()
        || maxScheduleDelay.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException(
          "maxScheduleDelay must be > 0 and <= 292 years, was " + maxScheduleDelay);
    }
  }

  /**
   * What to do now with an arrival.
   *
   * @param arrivalNanos when the call is meant to start
   * @param nowNanos the present instant of the same clock
   */
  public ArrivalDecision decide(long arrivalNanos, long nowNanos) {
    long delayNanos = nowNanos - arrivalNanos;
    if (delayNanos < 0) {
      return new ArrivalDecision.Wait(-delayNanos);
    }
    if (delayNanos > maxScheduleDelay.toNanos() && !catchUp) {
      return new ArrivalDecision.Dropped(delayNanos);
    }
    return new ArrivalDecision.Start(delayNanos);
  }
}
