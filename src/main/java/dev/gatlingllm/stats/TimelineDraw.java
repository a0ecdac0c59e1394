package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.stats.TimedCalls.TimedCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * Draws the {@link TimedCalls} while the calls come: every call whose number is a multiple of a
 * step, which doubles whenever there are too many, and those with the longest wait. So the memory
 * is bounded, and the same records give the same sample. Confined to one thread.
 */
final class TimelineDraw {

  /** So many calls are drawn by their number. */
  static final int MOST = 160;

  /** So many more are drawn for their wait. */
  static final int SLOWEST = 20;

  /** Calls of hundreds of merged runs may share a number that no step leaves out. */
  private static final long LARGEST_STEP = 1L << 40;

  private static final Comparator<TimedCall> BY_WAIT =
      Comparator.comparingDouble(TimedCall::waitMillis)
          .thenComparing(Comparator.comparingLong(TimedCall::id).reversed());

  private List<TimedCall> drawn = new ArrayList<>();
  private final PriorityQueue<TimedCall> slowest = new PriorityQueue<>(BY_WAIT);
  private long every = 1;
  private long total;

  void add(CallRecord call, int key, long shiftNanos) {
    total++;
    TimedCall timed = timed(call, key, shiftNanos);
    slowest.add(timed);
    if (slowest.size() > SLOWEST) {
      slowest.remove();
    }
    if (call.id() % every == 0 && (every < LARGEST_STEP || drawn.size() < MOST)) {
      drawn.add(timed);
    }
    while (drawn.size() > MOST && every < LARGEST_STEP) {
      every *= 2;
      drawn = new ArrayList<>(drawn.stream().filter(one -> one.id() % every == 0).toList());
    }
  }

  private static TimedCall timed(CallRecord call, int key, long shiftNanos) {
    CallRecord.Times times = call.times();
    long arrival = times.arrival();
    return new TimedCall(
        key,
        call.id(),
        (arrival + shiftNanos) / 1e9,
        since(arrival, times.start()),
        since(arrival, times.firstOutput()),
        since(arrival, times.lastOutput()),
        (times.end() - arrival) / 1e6,
        call.outcome());
  }

  private static OptionalDouble since(long arrival, OptionalLong instant) {
    return instant.isPresent()
        ? OptionalDouble.of((instant.getAsLong() - arrival) / 1e6)
        : OptionalDouble.empty();
  }

  /**
   * The sample.
   *
   * @param row the index of the row that the calls of a key are in
   */
  TimedCalls result(IntUnaryOperator row) {
    List<TimedCall> calls =
        Stream.concat(drawn.stream(), slowest.stream())
            .distinct()
            .map(call -> call.of(row.applyAsInt(call.key())))
            .sorted(
                Comparator.comparingDouble(TimedCall::arrivalSeconds)
                    .thenComparingLong(TimedCall::id))
            .toList();
    return new TimedCalls(calls, total, every, every == 1 ? 0 : slowest.size());
  }
}
