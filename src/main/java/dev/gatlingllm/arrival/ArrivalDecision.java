package dev.gatlingllm.arrival;

/** What {@link ArrivalPolicy} says about an arrival. */
public sealed interface ArrivalDecision {

  /**
   * It is too early: ask again in {@code nanos}.
   *
   * @param nanos the time left, more than 0
   */
  record Wait(long nanos) implements ArrivalDecision {}

  /**
   * Start the call now.
   *
   * @param delayNanos how late it starts
   */
  record Start(long delayNanos) implements ArrivalDecision {}

  /**
   * It is too late: send nothing, and record the arrival as dropped.
   *
   * @param delayNanos how late it would have started
   */
  record Dropped(long delayNanos) implements ArrivalDecision {}
}
