package dev.gatlingllm.report;

import dev.gatlingllm.cost.Cost;
import dev.gatlingllm.cost.CostTally;
import dev.gatlingllm.health.HealthTally;
import dev.gatlingllm.health.HealthTimeline;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.HealthSample;
import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.stats.StatisticsCollector;
import java.util.Optional;
import java.util.OptionalLong;

/** What the records of one run add up to. Confined to one thread. */
final class RunTally {

  private final StatisticsCollector calls;
  private final HealthTimeline timeline;
  private final HealthTally health;
  private final Optional<CostTally> costs;
  private final long shiftNanos;
  private long lastEndNanos;
  private long records;

  /**
   * A tally of nothing.
   *
   * @param calls gets each call, those of other runs as well
   * @param timeline gets each sample of the client's health, those of other runs as well
   * @param costs gets each call; empty if no run has a price
   * @param shiftNanos how much later the run started than the first of those that are merged
   */
  RunTally(
      StatisticsCollector calls,
      HealthTimeline timeline,
      HealthTally health,
      Optional<CostTally> costs,
      long shiftNanos) {
    this.calls = calls;
    this.timeline = timeline;
    this.health = health;
    this.costs = costs;
    this.shiftNanos = shiftNanos;
  }

  void add(CallRecord call) {
    calls.add(call, shiftNanos);
    costs.ifPresent(tally -> tally.add(call));
    health.ended(call);
    lastEndNanos = Math.max(lastEndNanos, call.times().end());
    records++;
  }

  void add(HealthSample sample) {
    health.add(sample);
    timeline.add(sample, shiftNanos);
  }

  void measurementError(MeasurementError error) {
    health.measurementError(error);
  }

  long records() {
    return records;
  }

  /** What the calls cost in a run of this length; empty if no run has a price. */
  Optional<Cost> cost(OptionalLong runNanos) {
    return costs.map(tally -> tally.result(runNanos));
  }

  Verdict verdict() {
    return health.verdict(lastEndNanos);
  }
}
