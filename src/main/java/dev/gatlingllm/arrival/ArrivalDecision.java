package dev.gatlingllm.arrival;

/** What {@link ArrivalJudge} says about an arrival. */
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
   * @param lagNanos how late it starts
   */
  record Start(long lagNanos) implements ArrivalDecision {}

  /**
   * It is too late: send nothing, and record the arrival as missed.
   *
   * @param lagNanos how late it would have started
   */
  record Missed(long lagNanos) implements ArrivalDecision {}
}
