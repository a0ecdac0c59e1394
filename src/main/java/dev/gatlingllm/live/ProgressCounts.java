package dev.gatlingllm.live;

/**
 * Counts since the start of the run.
 *
 * @param started calls that were sent
 * @param inFlight calls that have not ended
 * @param succeeded calls that succeeded
 * @param failed calls that failed, throttled ones included
 * @param cancelled calls that the client cancelled
 * @param throttled calls that were throttled
 * @param dropped arrivals that were dropped
 * @param spilledOver calls that ended and that a provisioned deployment had handed over: they are
 *     among the others, and in no rate and no latency
 */
record ProgressCounts(
    long started,
    long inFlight,
    long succeeded,
    long failed,
    long cancelled,
    long throttled,
    long dropped,
    long spilledOver) {

  /** Calls that have ended. */
  long completed() {
    return succeeded + failed;
  }
}
