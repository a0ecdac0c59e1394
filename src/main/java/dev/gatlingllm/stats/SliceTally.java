package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/** One slice of time while it fills. Confined to one thread. */
final class SliceTally {

  private final Map<Outcome, Long> failures = new EnumMap<>(Outcome.class);
  private final Sample ttft = new Sample(Precision.OF_A_SLICE);
  private final Sample tokensPerSecond = new Sample(Precision.OF_A_SLICE);
  private final Sample lag = new Sample(Precision.OF_A_SLICE);
  private long started;
  private long succeeded;
  private double busySeconds;
  private double outputTokens;

  /** A call started here. */
  void start(CallRecord call) {
    started++;
    add(ttft, Measure.TTFT.of(call));
    add(tokensPerSecond, Measure.TOKENS_PER_SECOND.of(call));
    add(lag, Measure.LAG.of(call));
  }

  private static void add(Sample sample, OptionalDouble value) {
    if (value.isPresent()) {
      sample.add(value.getAsDouble());
    }
  }

  /** A call ended here. */
  void end(Outcome outcome) {
    if (outcome == Outcome.SUCCEEDED) {
      succeeded++;
    } else if (outcome.failed()) {
      failures.merge(outcome, 1L, Long::sum);
    }
  }

  void addBusySeconds(double seconds) {
    busySeconds += seconds;
  }

  void addOutputTokens(double tokens) {
    outputTokens += tokens;
  }

  void addAll(SliceTally other) {
    other.failures.forEach((outcome, count) -> failures.merge(outcome, count, Long::sum));
    ttft.addAll(other.ttft);
    tokensPerSecond.addAll(other.tokensPerSecond);
    lag.addAll(other.lag);
    started += other.started;
    succeeded += other.succeeded;
    busySeconds += other.busySeconds;
    outputTokens += other.outputTokens;
  }

  void condense() {
    ttft.condense();
    tokensPerSecond.condense();
    lag.condense();
  }

  /**
   * The slice as it is.
   *
   * @param seconds how much of it the run covers
   * @param width of a whole slice
   */
  Bucket result(double start, double seconds, double width, PercentileRule rule) {
    return new Bucket(
        start,
        seconds,
        started,
        succeeded,
        failures,
        busySeconds / seconds,
        seconds * 2 >= width ? OptionalDouble.of(outputTokens / seconds) : OptionalDouble.empty(),
        Distribution.of(Measure.TTFT.unit(), ttft.values(), rule),
        Distribution.of(Measure.TOKENS_PER_SECOND.unit(), tokensPerSecond.values(), rule),
        Distribution.of(Measure.LAG.unit(), lag.values(), rule));
  }
}
