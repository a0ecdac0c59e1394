package dev.gatlingllm.stats;

import java.util.OptionalDouble;

/**
 * Completions per time. A completion is a succeeded call; its tokens count when it completes.
 *
 * @param wallSeconds from the first start to the last end of any started call; absent if none
 * @param requestsPerMinute completions ÷ wall time
 * @param steadyRequestsPerMinute completions in (first completion, last start] ÷ its length: the
 *     fill and the drain of the run are outside; absent when that window is empty
 * @param inputTokensPerMinute input tokens of completions ÷ wall time; absent if none were counted
 * @param outputTokensPerMinute output tokens of completions ÷ wall time; absent if none were
 *     counted
 */
public record Throughput(
    OptionalDouble wallSeconds,
    OptionalDouble requestsPerMinute,
    OptionalDouble steadyRequestsPerMinute,
    OptionalDouble inputTokensPerMinute,
    OptionalDouble outputTokensPerMinute) {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double SECONDS_PER_MINUTE = 60;

  /** Input and output tokens together; absent unless both were counted. */
  public OptionalDouble totalTokensPerMinute() {
    return inputTokensPerMinute.isPresent() && outputTokensPerMinute.isPresent()
        ? OptionalDouble.of(
            inputTokensPerMinute.getAsDouble() + outputTokensPerMinute.getAsDouble())
        : OptionalDouble.empty();
  }

  static Throughput of(SpanTally span, OptionalDouble inputTokens, OptionalDouble outputTokens) {
    double seconds = span.wallNanos() / NANOS_PER_SECOND;
    if (!(seconds > 0)) {
      return new Throughput(
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());
    }
    return new Throughput(
        OptionalDouble.of(seconds),
        OptionalDouble.of(span.completions() * SECONDS_PER_MINUTE / seconds),
        steady(span),
        perMinute(inputTokens, seconds),
        perMinute(outputTokens, seconds));
  }

  private static OptionalDouble steady(SpanTally span) {
    double seconds = span.steadyNanos() / NANOS_PER_SECOND;
    return seconds > 0
        ? OptionalDouble.of(span.steadyCompletions() * SECONDS_PER_MINUTE / seconds)
        : OptionalDouble.empty();
  }

  private static OptionalDouble perMinute(OptionalDouble tokens, double seconds) {
    return tokens.isPresent()
        ? OptionalDouble.of(tokens.getAsDouble() * SECONDS_PER_MINUTE / seconds)
        : OptionalDouble.empty();
  }
}
