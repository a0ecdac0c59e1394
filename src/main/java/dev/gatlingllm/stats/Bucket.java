package dev.gatlingllm.stats;

import dev.gatlingllm.record.Outcome;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What happened in one slice of a run. What begins counts where it begins: starts, schedule delays
 * and the latencies of the calls started here. What ends counts where it ends: completions and
 * failures.
 *
 * @param startSeconds since the start of the (first) run
 * @param seconds how much of the slice the run, or its stage, covers
 * @param told whether that is enough for a rate
 * @param stage index of the stage that it is in; 0 of a run without stages
 * @param due calls that were to start, whether they did or not
 * @param started calls sent
 * @param succeeded calls completed
 * @param failures calls that ended, and not well, by how
 * @param inFlight calls under way, averaged over the slice
 * @param outputTokensPerSecond of all calls together: the tokens of succeeded calls, spread evenly
 *     from their first to their last chunk; absent if no rate is told
 * @param distributions of the measures in {@link OverTime}: of the calls that started here, or of
 *     the responses that came here
 * @param remainingRequests least that a response here said was left of the request quota
 * @param remainingTokens least that a response here said was left of the token quota
 */
public record Bucket(
    double startSeconds,
    double seconds,
    boolean told,
    int stage,
    long due,
    long started,
    long succeeded,
    Map<Outcome, Long> failures,
    double inFlight,
    OptionalDouble outputTokensPerSecond,
    Map<Measure, Distribution> distributions,
    OptionalLong remainingRequests,
    OptionalLong remainingTokens) {

  /** The distribution of a measure in {@link OverTime}. */
  public Distribution of(Measure measure) {
    return distributions.get(measure);
  }

  /** Calls that ended, and not well; throttled ones among them. */
  public long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Calls that the service turned away to slow the client down. */
  public long throttled() {
    return failures.getOrDefault(Outcome.THROTTLED, 0L);
  }
}
