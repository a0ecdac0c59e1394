package dev.gatlingllm.stats;

import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Calls and tokens per time. A completion is a succeeded call; its tokens count with it.
 *
 * <p>All rates are over the {@linkplain #loadSeconds load time}: n ÷ (n − m) × (mean of the last m
 * starts − mean of the first m starts), n the calls started and m those that had started when the
 * first one succeeded or was cancelled by the client. A kept load of 120 arrivals a minute gives
 * exactly 120, clients that repeat a call give clients ÷ time of a call, and a call that ends late
 * changes nothing. Of runs that are merged, it is the time in which any of them put load on the
 * service, see {@link RunSpans}.
 *
 * @param wallSeconds from the first start to the last end of any started call; absent if none
 * @param loadSeconds the load time, which all rates divide by; absent if no call succeeded, or all
 *     had started before one did
 * @param startedPerMinute calls started ÷ load time
 * @param requestsPerMinute completions ÷ load time
 * @param inputTokensPerMinute input tokens of completions ÷ load time; absent if none were counted
 * @param cachedInputTokensPerMinute those of them that were read from a prompt cache; absent if
 *     none were counted
 * @param cacheWriteTokensPerMinute those that were written to one; absent if none were counted
 * @param outputTokensPerMinute output tokens of completions ÷ load time; absent if none were
 *     counted
 */
public record Throughput(
    OptionalDouble wallSeconds,
    OptionalDouble loadSeconds,
    OptionalDouble startedPerMinute,
    OptionalDouble requestsPerMinute,
    OptionalDouble inputTokensPerMinute,
    OptionalDouble cachedInputTokensPerMinute,
    OptionalDouble cacheWriteTokensPerMinute,
    OptionalDouble outputTokensPerMinute) {

  /** The definition, as it is printed in reports. */
  public static final String LOAD_TIME =
      "Load time: n ÷ (n − m) × (mean of the last m starts − mean of the first m starts), n the"
          + " calls started and m those that had started when the first one succeeded, or was"
          + " cancelled by the client. So calls at"
          + " equal intervals last for n intervals, clients that repeat a call for all their"
          + " rounds, and a call that ends late changes nothing. Where all calls had"
          + " started before one succeeded, there is no rate.";

  /** Why there is no rate though calls succeeded. */
  public static final String NO_LOAD_TIME = "all calls had started before one succeeded";

  /** Why a row whose calls took turns with those of others has no rate. */
  public static final String TURNS =
      "the same clients made the calls of all rows in turn, so a rate says how many calls of the row"
          + " were asked for";

  private static final double SECONDS_PER_MINUTE = 60;

  /** The same without its rates, which are of no load. */
  Throughput withoutRates() {
    return new Throughput(
        wallSeconds,
        loadSeconds,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  /** Input and output tokens together; absent unless both were counted. */
  public OptionalDouble totalTokensPerMinute() {
    return inputTokensPerMinute.isPresent() && outputTokensPerMinute.isPresent()
        ? OptionalDouble.of(
            inputTokensPerMinute.getAsDouble() + outputTokensPerMinute.getAsDouble())
        : OptionalDouble.empty();
  }

  /** With the sum of a measure over all completions, absent if it was never measured. */
  static Throughput of(RunSpans runs, Function<Measure, OptionalDouble> sums) {
    SpanTally span = runs.asOne();
    double seconds = runs.loadNanos() / 1e9;
    return new Throughput(
        positive(span.wallNanos() / 1e9),
        positive(seconds),
        perMinute(OptionalDouble.of((double) span.calls()), seconds),
        perMinute(OptionalDouble.of((double) span.completions()), seconds),
        perMinute(sums.apply(Measure.INPUT_TOKENS), seconds),
        perMinute(sums.apply(Measure.CACHED_INPUT_TOKENS), seconds),
        perMinute(sums.apply(Measure.CACHE_WRITE_TOKENS), seconds),
        perMinute(sums.apply(Measure.OUTPUT_TOKENS), seconds));
  }

  private static OptionalDouble positive(double seconds) {
    return seconds > 0 ? OptionalDouble.of(seconds) : OptionalDouble.empty();
  }

  private static OptionalDouble perMinute(OptionalDouble number, double seconds) {
    return number.isPresent() && seconds > 0
        ? OptionalDouble.of(number.getAsDouble() * SECONDS_PER_MINUTE / seconds)
        : OptionalDouble.empty();
  }
}
