package dev.gatlingllm.health;

import dev.gatlingllm.timing.NanoClock;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Asks one event loop, once a sample, how long a task waits for it. A probe that has not been
 * answered yet stands for those that could not be sent: at each sample it counts with what it has
 * waited so far, so that a loop which is stuck for seconds is not one probe among many.
 */
final class LoopProbe {

  private final Executor loop;
  private final DelayRecorder delays;
  private final NanoClock clock;

  // Written before a probe is handed over and after it was answered: never by both at a time.
  private long sentNanos;
  private volatile boolean waiting;

  LoopProbe(Executor loop, DelayRecorder delays, NanoClock clock) {
    this.loop = loop;
    this.delays = delays;
    this.clock = clock;
  }

  /** Counts a probe that waits, or sends the next. */
  void sample() {
    if (waiting) {
      delays.add(clock.nanos() - sentNanos);
    } else {
      send();
    }
  }

  private void send() {
    sentNanos = clock.nanos();
    waiting = true;
    try {
      loop.execute(this::answered);
    } catch (RejectedExecutionException ignored) {
      // the loop was shut down: it delays nobody any more
      waiting = false;
    }
  }

  private void answered() {
    delays.add(clock.nanos() - sentNanos);
    waiting = false;
  }
}
