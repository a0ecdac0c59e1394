package dev.gatlingllm.record;

/**
 * What was done before the first call of a run, none of which is in any of its statistics.
 *
 * @param calls calls to the simulated endpoint in this process
 * @param durationNanos how long they took
 * @param stable whether it ended because the calls became no faster; else because its time was up
 * @param connections connections opened to the target without a request
 * @param target unlogged calls to the target; they cost money
 */
public record WarmUpResult(
    long calls, long durationNanos, boolean stable, int connections, TargetCalls target) {

  /** Nothing was done. */
  public static final WarmUpResult NONE = new WarmUpResult(0, 0, false, 0, TargetCalls.NONE);

  /**
   * Unlogged calls to the target.
   *
   * @param calls how many were made
   * @param failed how many of them failed
   * @param inputTokens what the target counted
   * @param outputTokens what the target counted
   */
  public record TargetCalls(long calls, long failed, long inputTokens, long outputTokens) {

    /** None was made. */
    public static final TargetCalls NONE = new TargetCalls(0, 0, 0, 0);
  }

  /** The same, with calls to the simulated endpoint. */
  public WarmUpResult withCalls(long newCalls, long newDurationNanos, boolean newStable) {
    return new WarmUpResult(newCalls, newDurationNanos, newStable, connections, target);
  }

  /** The same, with connections to the target. */
  public WarmUpResult withConnections(int newConnections) {
    return new WarmUpResult(calls, durationNanos, stable, newConnections, target);
  }

  /** The same, with calls to the target. */
  public WarmUpResult withTarget(TargetCalls newTarget) {
    return new WarmUpResult(calls, durationNanos, stable, connections, newTarget);
  }
}
