package dev.gatlingllm.live;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.SelectedValues;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The calls that ended within the window, and what is said of them. Immutable. */
final class ProgressWindow {

  private static final double SECONDS_PER_MINUTE = 60;

  private final List<Ended> ended;
  private final double seconds;

  /** A call that has ended. */
  static final class Ended {

    private final long atNanos;
    private final double[] values;
    private final boolean succeeded;
    private final double outputBound;

    private Ended(long atNanos, double[] values, boolean succeeded, double outputBound) {
      this.atNanos = atNanos;
      this.values = values;
      this.succeeded = succeeded;
      this.outputBound = outputBound;
    }

    /** When, on the run's clock. */
    long atNanos() {
      return atNanos;
    }

    boolean succeeded() {
      return succeeded;
    }

    double outputBound() {
      return outputBound;
    }

    static final double ABSENT = Double.NaN;

    static final List<Measure> MEASURES =
        List.of(
            Measure.TTFT,
            Measure.TPOT,
            Measure.E2E,
            Measure.TOKENS_PER_SECOND,
            Measure.INPUT_TOKENS,
            Measure.OUTPUT_TOKENS,
            Measure.LAG);

    static Ended of(long nowNanos, CallRecord call, boolean succeeded) {
      double[] values = new double[MEASURES.size() + 1];
      for (int i = 0; i < MEASURES.size(); i++) {
        values[i] = MEASURES.get(i).of(call).orElse(ABSENT);
      }
      values[MEASURES.size()] = call.service().utilizationPercent().orElse(ABSENT);
      double bound =
          call.tokens().requestedOutput().isPresent()
              ? call.tokens().requestedOutput().getAsInt()
              : ABSENT;
      return new Ended(nowNanos, values, succeeded, bound);
    }

    double utilization() {
      return values[MEASURES.size()];
    }

    double value(Measure measure) {
      return values[MEASURES.indexOf(measure)];
    }
  }

  ProgressWindow(List<Ended> ended, double seconds) {
    this.ended = List.copyOf(ended);
    this.seconds = seconds;
  }

  double seconds() {
    return seconds;
  }

  int completions() {
    return (int) ended.stream().filter(Ended::succeeded).count();
  }

  SelectedValues of(Measure measure) {
    int index = Ended.MEASURES.indexOf(measure);
    return values(call -> call.values[index]);
  }

  SelectedValues utilization() {
    return values(Ended::utilization);
  }

  private SelectedValues values(ToDoubleFunction<Ended> value) {
    return new SelectedValues(ended.stream().mapToDouble(value).toArray());
  }

  /** Of these counts of tokens. */
  OptionalDouble perMinute(SelectedValues tokens) {
    return tokens.n() == 0 || seconds <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(tokens.sum() * SECONDS_PER_MINUTE / seconds);
  }

  /** Mean output ÷ mean upper bound of the calls that have both. */
  OptionalDouble outputShare() {
    Predicate<Ended> both =
        call -> !Double.isNaN(call.value(Measure.OUTPUT_TOKENS) + call.outputBound());
    double output =
        ended.stream().filter(both).mapToDouble(call -> call.value(Measure.OUTPUT_TOKENS)).sum();
    double bound = ended.stream().filter(both).mapToDouble(Ended::outputBound).sum();
    return bound > 0 ? OptionalDouble.of(output / bound) : OptionalDouble.empty();
  }
}
