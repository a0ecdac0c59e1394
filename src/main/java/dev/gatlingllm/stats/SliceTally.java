package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** One slice of time while it fills. Confined to one thread. */
final class SliceTally {

  private final Map<Outcome, Long> failures = new EnumMap<>(Outcome.class);
  private final Sample ttft = new Sample(Precision.OF_A_SLICE);
  private final Sample tokensPerSecond = new Sample(Precision.OF_A_SLICE);
  private final Sample scheduleDelay = new Sample(Precision.OF_A_SLICE);
  private final Sample e2e = new Sample(Precision.OF_A_SLICE);
  private final Sample utilization = new Sample(Precision.OF_A_SLICE);
  private OptionalLong remainingRequests = OptionalLong.empty();
  private OptionalLong remainingTokens = OptionalLong.empty();
  private long started;
  private long succeeded;
  private double busySeconds;
  private double outputTokens;

  /** A call started here. */
  void start(CallRecord call) {
    started++;
    add(ttft, Measure.TTFT.of(call));
    add(tokensPerSecond, Measure.TOKENS_PER_SECOND.of(call));
    add(scheduleDelay, Measure.SCHEDULE_DELAY.of(call));
    add(e2e, Measure.E2E.of(call));
  }

  private static void add(Sample sample, OptionalDouble value) {
    if (value.isPresent()) {
      sample.add(value.getAsDouble());
    }
  }

  /** A call ended here. */
  void end(CallRecord call) {
    add(utilization, Measure.UTILIZATION.of(call));
    remainingRequests = least(remainingRequests, call.service().remainingRequests());
    remainingTokens = least(remainingTokens, call.service().remainingTokens());
    end(call.outcome());
  }

  private static OptionalLong least(OptionalLong one, OptionalLong other) {
    boolean less = one.isEmpty() || (other.isPresent() && other.getAsLong() < one.getAsLong());
    return less ? other : one;
  }

  private void end(Outcome outcome) {
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
    scheduleDelay.addAll(other.scheduleDelay);
    e2e.addAll(other.e2e);
    utilization.addAll(other.utilization);
    remainingRequests = least(remainingRequests, other.remainingRequests);
    remainingTokens = least(remainingTokens, other.remainingTokens);
    started += other.started;
    succeeded += other.succeeded;
    busySeconds += other.busySeconds;
    outputTokens += other.outputTokens;
  }

  void condense() {
    ttft.condense();
    tokensPerSecond.condense();
    scheduleDelay.condense();
    e2e.condense();
    utilization.condense();
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
        Distribution.of(Measure.SCHEDULE_DELAY.unit(), scheduleDelay.values(), rule),
        Distribution.of(Measure.E2E.unit(), e2e.values(), rule),
        Distribution.of(Measure.UTILIZATION.unit(), utilization.values(), rule),
        remainingRequests,
        remainingTokens);
  }
}
