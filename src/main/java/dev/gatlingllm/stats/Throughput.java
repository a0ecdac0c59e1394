package dev.gatlingllm.stats;

import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Completions per time. A completion is a succeeded call; its tokens count when it completes.
 *
 * @param wallSeconds from the first start to the last end of any started call; absent if none
 * @param requestsPerMinute completions ÷ wall time
 * @param steadyRequestsPerMinute completions in (first completion, last start] ÷ its length: the
 *     fill and the drain of the run are outside; absent when that window is empty
 * @param inputTokensPerMinute input tokens of completions ÷ wall time; absent if none were counted
 * @param cachedInputTokensPerMinute those of them that were read from a prompt cache; absent if
 *     none were counted
 * @param cacheWriteTokensPerMinute those that were written to one; absent if none were counted
 * @param outputTokensPerMinute output tokens of completions ÷ wall time; absent if none were
 *     counted
 */
public record Throughput(
    OptionalDouble wallSeconds,
    OptionalDouble requestsPerMinute,
    OptionalDouble steadyRequestsPerMinute,
    OptionalDouble inputTokensPerMinute,
    OptionalDouble cachedInputTokensPerMinute,
    OptionalDouble cacheWriteTokensPerMinute,
    OptionalDouble outputTokensPerMinute) {

  private static final double SECONDS_PER_MINUTE = 60;

  /** Input and output tokens together; absent unless both were counted. */
  public OptionalDouble totalTokensPerMinute() {
    return inputTokensPerMinute.isPresent() && outputTokensPerMinute.isPresent()
        ? OptionalDouble.of(
            inputTokensPerMinute.getAsDouble() + outputTokensPerMinute.getAsDouble())
        : OptionalDouble.empty();
  }

  /** With the sum of a measure over all completions, absent if it was never measured. */
  static Throughput of(SpanTally span, Function<Measure, OptionalDouble> sums) {
    double seconds = span.wallNanos() / 1e9;
    boolean any = seconds > 0;
    return new Throughput(
        any ? OptionalDouble.of(seconds) : OptionalDouble.empty(),
        perMinute(OptionalDouble.of((double) span.completions()), seconds),
        any ? steady(span) : OptionalDouble.empty(),
        perMinute(sums.apply(Measure.INPUT_TOKENS), seconds),
        perMinute(sums.apply(Measure.CACHED_INPUT_TOKENS), seconds),
        perMinute(sums.apply(Measure.CACHE_WRITE_TOKENS), seconds),
        perMinute(sums.apply(Measure.OUTPUT_TOKENS), seconds));
  }

  private static OptionalDouble steady(SpanTally span) {
    double seconds = span.steadyNanos() / 1e9;
    return seconds > 0
        ? OptionalDouble.of(span.steadyCompletions() * SECONDS_PER_MINUTE / seconds)
        : OptionalDouble.empty();
  }

  private static OptionalDouble perMinute(OptionalDouble number, double seconds) {
    return number.isPresent() && seconds > 0
        ? OptionalDouble.of(number.getAsDouble() * SECONDS_PER_MINUTE / seconds)
        : OptionalDouble.empty();
  }
}
