package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.timing.NanoClock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;

/**
 * Lets at most so many calls be in flight; the others wait their turn, first come first served.
 * Safe for use by many threads.
 */
final class InFlightLimit {

  private final int most;
  private final NanoClock clock;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int taken;

  InFlightLimit(int most, NanoClock clock) {
    this.most = most;
    this.clock = clock;
  }

  /**
   * Runs {@code start} now or, on the thread of {@link #release}, when there is room.
   *
   * @param start is told for how many nanoseconds it was held back: 0 if there was room
   */
  void acquire(LongConsumer start) {
    synchronized (this) {
      if (taken == most) {
        long asked = clock.nanos();
        waiting.addLast(() -> start.accept(clock.nanos() - asked));
        return;
      }
      taken++;
    }
    start.accept(0);
  }

  /** Makes room for the next. */
  void release() {
    Runnable next;
    synchronized (this) {
      next = waiting.pollFirst();
      if (next == null) {
        taken--;
        return;
      }
    }
    next.run();
  }
}
