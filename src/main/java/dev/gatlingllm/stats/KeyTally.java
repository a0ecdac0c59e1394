package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;

/** All there is to know of the calls of one key. Confined to one thread. */
final class KeyTally {

  private static final double NANOS_PER_SECOND = 1e9;

  private final int index;
  private final CallTally counts;
  private final CallSamples samples = new CallSamples();
  private final SpanTally span = new SpanTally();
  private final TimeSlices slices = new TimeSlices();

  KeyTally(int index, CallObjectives objectives) {
    this.index = index;
    this.counts = new CallTally(objectives);
  }

  void add(CallRecord call, long shiftNanos) {
    counts.add(call, shiftNanos);
    if (!call.outcome().started()) {
      return;
    }
    double start = (double) (call.times().start().orElse(call.times().arrival()) + shiftNanos);
    double end = (double) (call.times().end() + shiftNanos);
    samples.add(call);
    span.add(start, end, call.outcome() == Outcome.SUCCEEDED);
    slices.add(call, start / NANOS_PER_SECOND, end / NANOS_PER_SECOND);
  }

  /** Bounds the memory that this takes from now on. */
  void condense() {
    samples.condense();
    slices.condense();
  }

  /** The place of the key among the keys of the run. */
  int index() {
    return index;
  }

  CallTally counts() {
    return counts;
  }

  CallSamples samples() {
    return samples;
  }

  SpanTally span() {
    return span;
  }

  TimeSlices slices() {
    return slices;
  }
}
