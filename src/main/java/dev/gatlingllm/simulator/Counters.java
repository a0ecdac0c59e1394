package dev.gatlingllm.simulator;

import java.util.concurrent.atomic.AtomicLong;

/** How many calls came and went. Thread-safe. */
final class Counters {

  private final AtomicLong started = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong completed = new AtomicLong();

  /** Counts a call and returns how many came before it. */
  long start() {
    return started.getAndIncrement();
  }

  void end(Ending ending) {
    if (ending == Ending.ANSWERED) {
      completed.incrementAndGet();
    }
    ended.incrementAndGet();
  }

  long started() {
    return started.get();
  }

  long completed() {
    return completed.get();
  }

  long inFlight() {
    long before = ended.get();
    return started.get() - before;
  }
}
