package dev.gatlingllm.stats;

import java.util.List;
import java.util.PriorityQueue;

/**
 * The instants that bound the calls of one key, in nanoseconds, and the completions between them.
 * Holds the completions after the last start so far: those of the calls in flight then. Confined to
 * one thread.
 */
final class SpanTally {

  private double firstStart = Double.POSITIVE_INFINITY;
  private double lastStart = Double.NEGATIVE_INFINITY;
  private double firstCompletion = Double.POSITIVE_INFINITY;
  private double lastEnd = Double.NEGATIVE_INFINITY;
  private long completions;
  private long firstCompletions;
  private final PriorityQueue<Double> afterLastStart = new PriorityQueue<>();

  void add(double start, double end, boolean succeeded) {
    firstStart = Math.min(firstStart, start);
    lastStart = Math.max(lastStart, start);
    lastEnd = Math.max(lastEnd, end);
    if (succeeded) {
      addCompletion(end);
    }
    while (!afterLastStart.isEmpty() && afterLastStart.peek() <= lastStart) {
      afterLastStart.poll();
    }
  }

  private void addCompletion(double end) {
    completions++;
    if (end > lastStart) {
      afterLastStart.add(end);
    }
    if (end < firstCompletion) {
      firstCompletion = end;
      firstCompletions = 0;
    }
    if (end == firstCompletion) {
      firstCompletions++;
    }
  }

  /** The calls of several keys, to be read and not added to. */
  static SpanTally together(List<SpanTally> keys) {
    SpanTally all = new SpanTally();
    for (SpanTally key : keys) {
      all.firstStart = Math.min(all.firstStart, key.firstStart);
      all.lastStart = Math.max(all.lastStart, key.lastStart);
      all.firstCompletion = Math.min(all.firstCompletion, key.firstCompletion);
      all.lastEnd = Math.max(all.lastEnd, key.lastEnd);
      all.completions += key.completions;
    }
    for (SpanTally key : keys) {
      all.firstCompletions += key.firstCompletion == all.firstCompletion ? key.firstCompletions : 0;
      key.afterLastStart.stream()
          .filter(end -> end > all.lastStart)
          .forEach(all.afterLastStart::add);
    }
    return all;
  }

  /** From the first start to the last end; NaN or less than 0 if there is no call. */
  double wallNanos() {
    return lastEnd - firstStart;
  }

  /**
   * From the first completion to the last start; not above 0 if the one is not before the other.
   */
  double steadyNanos() {
    return lastStart - firstCompletion;
  }

  long completions() {
    return completions;
  }

  /** Completions after the first one, up to the last start. */
  long steadyCompletions() {
    return completions - firstCompletions - afterLastStart.size();
  }
}
