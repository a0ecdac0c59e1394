package dev.gatlingllm.live;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.SelectedValues;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * How a run stands at one moment. Counts are since the start; rates and distributions are of what
 * was completed within the window, by the instant of completion. Immutable.
 *
 * @param at wall time of the moment
 * @param elapsedSeconds since the start of the run
 * @param windowSeconds length of the window, or of the run so far if that is shorter
 * @param counts since the start of the run
 * @param failures how many calls failed in which way
 * @param soFar percentiles since the start of the run
 * @param outlook what the run knows beside its calls
 * @param ended the calls that ended within the window, without those that a provisioned deployment
 *     handed over
 */
record ProgressSnapshot(
    Instant at,
    double elapsedSeconds,
    double windowSeconds,
    ProgressCounts counts,
    Map<Outcome, Long> failures,
    SoFar.Percentiles soFar,
    Outlook outlook,
    List<Ended> ended) {

  private static final double SECONDS_PER_MINUTE = 60;
  private static final List<Measure> MEASURES =
      List.of(
          Measure.TTFT,
          Measure.TPOT,
          Measure.E2E,
          Measure.TOKENS_PER_SECOND,
          Measure.INPUT_TOKENS,
          Measure.OUTPUT_TOKENS,
          Measure.SCHEDULE_DELAY);

  /** What a window keeps of a call that has ended; NaN where nothing was measured. */
  static final class Ended {

    private final long atNanos;
    private final boolean succeeded;
    private final double[] values;
    private final double utilization;
    private final double outputBound;

    Ended(long nowNanos, CallRecord call, boolean succeeded) {
      this.atNanos = nowNanos;
      this.succeeded = succeeded;
      this.values = MEASURES.stream().mapToDouble(it -> it.of(call).orElse(Double.NaN)).toArray();
      this.utilization = call.service().utilizationPercent().orElse(Double.NaN);
      this.outputBound =
          call.tokens().requestedOutput().isPresent()
              ? call.tokens().requestedOutput().getAsInt()
              : Double.NaN;
    }

    /** When, on the run's clock. */
    long atNanos() {
      return atNanos;
    }

    private double value(Measure measure) {
      return values[MEASURES.indexOf(measure)];
    }
  }

  /** How many calls succeeded. */
  int completions() {
    return (int) ended.stream().filter(call -> call.succeeded).count();
  }

  /** The values of a measure that progress shows. */
  SelectedValues of(Measure measure) {
    return values(call -> call.value(measure));
  }

  /** Of the deployment, of every call that ended, throttled ones included. */
  SelectedValues utilizationPercent() {
    return values(call -> call.utilization);
  }

  private SelectedValues values(ToDoubleFunction<Ended> value) {
    return new SelectedValues(ended.stream().mapToDouble(value).toArray());
  }

  /** Succeeded calls per minute. */
  double requestsPerMinute() {
    return windowSeconds > 0 ? completions() * SECONDS_PER_MINUTE / windowSeconds : 0;
  }

  /** Input or output tokens per minute; absent if none were counted. */
  OptionalDouble perMinute(Measure tokens) {
    SelectedValues counted = of(tokens);
    return counted.n() == 0 || windowSeconds <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(counted.sum() * SECONDS_PER_MINUTE / windowSeconds);
  }

  /** Input and output tokens per minute; absent unless both were counted. */
  OptionalDouble tokensPerMinute() {
    OptionalDouble input = perMinute(Measure.INPUT_TOKENS);
    OptionalDouble output = perMinute(Measure.OUTPUT_TOKENS);
    return input.isPresent() && output.isPresent()
        ? OptionalDouble.of(input.getAsDouble() + output.getAsDouble())
        : OptionalDouble.empty();
  }

  /** Mean output ÷ mean upper bound of the calls that have both. */
  OptionalDouble outputShare() {
    Predicate<Ended> both =
        call -> !Double.isNaN(call.value(Measure.OUTPUT_TOKENS) + call.outputBound);
    double output =
        ended.stream().filter(both).mapToDouble(call -> call.value(Measure.OUTPUT_TOKENS)).sum();
    double bound = ended.stream().filter(both).mapToDouble(call -> call.outputBound).sum();
    return bound > 0 ? OptionalDouble.of(output / bound) : OptionalDouble.empty();
  }
}
