package dev.gatlingllm.live;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * Percentiles of all succeeded calls of a run so far, to 0.1 %, in memory that does not grow.
 * Confined to one thread at a time.
 */
final class SoFar {

  /** Values from a thousandth to ten million. */
  private static final double SCALE = 1e3;

  private static final long GREATEST = 10_000_000_000L;
  private static final int DIGITS = 3;

  private final Histogram ttft = new Histogram(1, GREATEST, DIGITS);
  private final Histogram tokensPerSecond = new Histogram(1, GREATEST, DIGITS);

  void add(CallRecord call) {
    add(ttft, Measure.TTFT.of(call));
    add(tokensPerSecond, Measure.TOKENS_PER_SECOND.of(call));
  }

  private static void add(Histogram histogram, OptionalDouble value) {
    if (value.isPresent()) {
      histogram.recordValue(
          Math.max(1, Math.min(GREATEST, Math.round(value.getAsDouble() * SCALE))));
    }
  }

  Percentiles result() {
    return new Percentiles(
        at(ttft, Quantile.P50),
        at(ttft, Quantile.P95),
        at(tokensPerSecond, Quantile.P50),
        at(tokensPerSecond, Quantile.P5));
  }

  private static OptionalDouble at(Histogram histogram, Quantile quantile) {
    long n = histogram.getTotalCount();
    return n == 0 || (quantile != Quantile.P50 && n < quantile.needed())
        ? OptionalDouble.empty()
        : OptionalDouble.of(histogram.getValueAtPercentile(quantile.percent()) / SCALE);
  }

  /**
   * Of the calls so far; absent if too few support them.
   *
   * @param ttftP50 milliseconds
   * @param ttftP95 milliseconds
   * @param rateP50 output tokens per second of one call
   * @param rateP5 the same that 95 % of the calls exceed
   */
  record Percentiles(
      OptionalDouble ttftP50,
      OptionalDouble ttftP95,
      OptionalDouble rateP50,
      OptionalDouble rateP5) {

    static final Percentiles NONE =
        new Percentiles(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty());
  }
}
