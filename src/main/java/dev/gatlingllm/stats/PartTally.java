package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.Map;

/** The calls of one key that share a grouping: all of them, as a rule. Confined to one thread. */
final class PartTally {

  private final GroupingKey grouping;
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final Map<Outcome, Long> toCancel = new EnumMap<>(Outcome.class);
  private final CallSamples samples = new CallSamples();
  private final DoubleSummaryStatistics millisPerToken = new DoubleSummaryStatistics();
  private final RunSpans spans = new RunSpans();
  private final TimeSlices slices = new TimeSlices();

  PartTally(GroupingKey grouping) {
    this.grouping = grouping;
  }

  void add(CallRecord call, int run, long shiftNanos) {
    outcomes.merge(call.outcome(), 1L, Long::sum);
    if (call.cancel().cancels()) {
      toCancel.merge(call.outcome(), 1L, Long::sum);
    }
    samples.addWait(call);
    slices.due((call.times().arrival() + shiftNanos) / 1e9);
    if (!call.outcome().started()) {
      return;
    }
    double start = (double) (call.times().start().orElse(call.times().arrival()) + shiftNanos);
    double end = (double) (call.times().end() + shiftNanos);
    samples.add(call, (long) start);
    if (call.outcome() == Outcome.SUCCEEDED && !call.cancel().cancels()) {
      CallArithmetic.e2eMillisPerToken(call).ifPresent(millisPerToken);
    }
    spans.add(run, start, end, call.outcome() == Outcome.SUCCEEDED);
    if (call.outcome() == Outcome.CANCELLED) {
      spans.cancelled(run, end);
    }
    slices.add(call, start / 1e9, end / 1e9);
  }

  /** Bounds the memory that this takes from now on, see {@link CallSamples#condense}. */
  void condense(Map<Measure, double[]> levels) {
    samples.condense(levels);
    slices.condense();
  }

  GroupingKey grouping() {
    return grouping;
  }

  Map<Outcome, Long> outcomes() {
    return outcomes;
  }

  /** Of those that the client was to cancel. */
  Map<Outcome, Long> toCancel() {
    return toCancel;
  }

  CallSamples samples() {
    return samples;
  }

  /** End to end per output token of the succeeded calls. */
  DoubleSummaryStatistics millisPerToken() {
    return millisPerToken;
  }

  RunSpans spans() {
    return spans;
  }

  TimeSlices slices() {
    return slices;
  }
}
