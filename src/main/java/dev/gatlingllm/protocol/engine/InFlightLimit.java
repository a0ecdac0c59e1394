package dev.gatlingllm.protocol.engine;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets at most so many calls be in flight; the others wait their turn, first come first served.
 * Safe for use by many threads.
 */
final class InFlightLimit {

  private final int most;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int taken;

  InFlightLimit(int most) {
    this.most = most;
  }

  /** Runs {@code start} now or, on the thread of {@link #release}, when there is room. */
  void acquire(Runnable start) {
    synchronized (this) {
      if (taken == most) {
        waiting.addLast(start);
        return;
      }
      taken++;
    }
    start.run();
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
