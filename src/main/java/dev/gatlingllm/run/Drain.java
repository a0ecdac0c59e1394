package dev.gatlingllm.run;

import dev.gatlingllm.text.Count;
import java.io.PrintStream;

/**
 * Drain of a run: no call is to start any more, and those in flight may come to their end. Safe for
 * use by many threads; whoever waits holds no lock.
 */
final class Drain {

  private final InFlight inFlight;
  private final long nanos;
  private final PrintStream console;
  private volatile boolean on;
  private volatile boolean over;

  /** Guarded by the lock of this. */
  private boolean runHasEnded;

  /**
   * Not yet on.
   *
   * @param nanos how long calls in flight are waited for
   */
  Drain(InFlight inFlight, long nanos, PrintStream console) {
    this.inFlight = inFlight;
    this.nanos = nanos;
    this.console = console;
  }

  /** Begins, and waits for calls in flight until {@link #endWait}. No effect on an ended run. */
  void await() {
    if (!begins()) {
      return;
    }
    int calls = inFlight.size();
    if (calls > 0 && nanos > 0) {
      console.println(
          "[llm] stopping: waiting for " + Count.of(calls, "call") + " in flight (llm.load.drain)");
    }
    inFlight.await(nanos, () -> over);
  }

  private synchronized boolean begins() {
    on |= !runHasEnded;
    return !runHasEnded;
  }

  /** Begins, and waits for nothing; takes no lock and allocates nothing. */
  void begin() {
    on = true;
  }

  /** Waits for all calls in flight, however long they take, until {@link #endWait}. */
  void awaitAll() {
    inFlight.await(Long.MAX_VALUE / 2, () -> over);
  }

  /** Ends all waiting, also such as is still to begin. */
  void endWait() {
    over = true;
    inFlight.wake();
  }

  boolean isOn() {
    return on;
  }

  synchronized void runEnds() {
    runHasEnded = true;
  }
}
