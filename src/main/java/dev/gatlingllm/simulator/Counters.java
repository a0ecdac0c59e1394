package dev.gatlingllm.simulator;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;

/** How many calls came and went. Thread-safe. */
final class Counters {

  private final AtomicLong started = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong completed = new AtomicLong();
  private final LongAccumulator mostInFlight = new LongAccumulator(Math::max, 0);

  /** Counts a call and returns how many came before it. */
  long start() {
    long before = started.getAndIncrement();
    mostInFlight.accumulate(inFlight());
    return before;
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

  long mostInFlight() {
    return mostInFlight.get();
  }

  long inFlight() {
    long before = ended.get();
    return started.get() - before;
  }
}
