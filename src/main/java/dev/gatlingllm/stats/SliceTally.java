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
  private final Map<OverTime, Sample> samples = new EnumMap<>(OverTime.class);
  private OptionalLong remainingRequests = OptionalLong.empty();
  private OptionalLong remainingTokens = OptionalLong.empty();
  private long due;
  private long started;
  private long succeeded;
  private double busySeconds;
  private double outputTokens;

  SliceTally() {
    for (OverTime one : OverTime.values()) {
      samples.put(one, Sample.unordered(Precision.OF_A_SLICE));
    }
  }

  /** A call was to start here. */
  void due() {
    due++;
  }

  /** A call started here. */
  void start(CallRecord call) {
    started++;
    add(call, false);
  }

  private void add(CallRecord call, boolean atEnd) {
    samples.forEach(
        (one, sample) -> {
          if (one.countsAtEnd() == atEnd) {
            one.measure().of(call).ifPresent(sample::add);
          }
        });
  }

  /** A call ended here. */
  void end(CallRecord call) {
    add(call, true);
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
    samples.forEach((one, sample) -> sample.addAll(other.samples.get(one)));
    remainingRequests = least(remainingRequests, other.remainingRequests);
    remainingTokens = least(remainingTokens, other.remainingTokens);
    due += other.due;
    started += other.started;
    succeeded += other.succeeded;
    busySeconds += other.busySeconds;
    outputTokens += other.outputTokens;
  }

  void condense() {
    samples.values().forEach(Sample::condense);
  }

  /**
   * The slice as it is.
   *
   * @param seconds how much of it is covered
   * @param told whether that is enough for a rate
   * @param stage see {@link Bucket#stage()}
   */
  Bucket result(double start, double seconds, boolean told, int stage, PercentileRule rule) {
    return new Bucket(
        start,
        seconds,
        told,
        stage,
        due,
        started,
        succeeded,
        failures,
        busySeconds / seconds,
        told ? OptionalDouble.of(outputTokens / seconds) : OptionalDouble.empty(),
        distributions(rule),
        remainingRequests,
        remainingTokens);
  }

  private Map<Measure, Distribution> distributions(PercentileRule rule) {
    Map<Measure, Distribution> distributions = new EnumMap<>(Measure.class);
    samples.forEach(
        (one, sample) -> {
          Measure measure = one.measure();
          distributions.put(measure, Distribution.of(measure.unit(), sample.values(), rule));
        });
    return distributions;
  }
}
