package dev.gatlingllm.live;

import dev.gatlingllm.stats.SelectedValues;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * How a run stands at one moment. Counts are since the start; rates and distributions are of what
 * was completed within the window, by the instant of completion. Confined to one thread.
 *
 * @param at wall time of the moment
 * @param elapsedSeconds since the start of the run
 * @param windowSeconds length of the window, or of the run so far if that is shorter
 * @param counts since the start of the run
 * @param completions calls in the window that succeeded
 * @param inputTokensPerMinute input tokens of those; absent if none were counted
 * @param outputTokensPerMinute output tokens of those; absent if none were counted
 * @param outputShare mean output ÷ mean upper bound, of those that have both
 * @param ttftMillis time to first token
 * @param tpotMillis time per output token
 * @param e2eMillis end to end
 * @param tokensPerSecond decode rate
 * @param inputTokens input tokens of a call
 * @param outputTokens output tokens of a call
 * @param lagMillis actual start − intended start
 * @param utilizationPercent of the deployment, of every call that ended, throttled ones included
 */
record ProgressSnapshot(
    Instant at,
    double elapsedSeconds,
    double windowSeconds,
    ProgressCounts counts,
    int completions,
    OptionalDouble inputTokensPerMinute,
    OptionalDouble outputTokensPerMinute,
    OptionalDouble outputShare,
    SelectedValues ttftMillis,
    SelectedValues tpotMillis,
    SelectedValues e2eMillis,
    SelectedValues tokensPerSecond,
    SelectedValues inputTokens,
    SelectedValues outputTokens,
    SelectedValues lagMillis,
    SelectedValues utilizationPercent) {

  private static final double SECONDS_PER_MINUTE = 60;

  /** Succeeded calls per minute in the window. */
  double requestsPerMinute() {
    return windowSeconds > 0 ? completions * SECONDS_PER_MINUTE / windowSeconds : 0;
  }

  /** Input and output tokens per minute; absent unless both were counted. */
  OptionalDouble tokensPerMinute() {
    return inputTokensPerMinute.isPresent() && outputTokensPerMinute.isPresent()
        ? OptionalDouble.of(
            inputTokensPerMinute.getAsDouble() + outputTokensPerMinute.getAsDouble())
        : OptionalDouble.empty();
  }
}
