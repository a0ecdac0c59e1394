package dev.gatlingllm.experiment.rag;

import dev.gatlingllm.timing.NanoClock;
import java.time.Duration;

/**
 * The end of a load, the same for all its users: it is counted from the first of them, who comes a
 * known time after the beginning. Safe for use by many threads.
 */
final class Deadline {

  private final NanoClock clock;
  private final long nanos;
  private boolean running;
  private long endNanos;

  /**
   * An end.
   *
   * @param afterBeginning when it is, from the beginning
   * @param firstUser when the first user comes, from the beginning
   */
  Deadline(NanoClock clock, Duration afterBeginning, Duration firstUser) {
    this.clock = clock;
    this.nanos = afterBeginning.minus(firstUser).toNanos();
  }

  /** Whether it has passed. The first question starts the clock. */
  synchronized boolean isOver() {
    if (!running) {
      running = true;
      endNanos = clock.nanos() + nanos;
    }
    return clock.nanos() - endNanos >= 0;
  }
}
