package dev.gatlingllm.simulator;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Waits for the next due instant of one call. Confined to the call's event loop. */
final class AnswerTimer {

  private final EventExecutor loop;
  private final Consumer<Runnable> runner;
  private Future<?> waiting;

  /**
   * Creates a timer.
   *
   * @param runner runs what is due: a failure would otherwise be kept in a future that nobody reads
   */
  AnswerTimer(EventExecutor loop, Consumer<Runnable> runner) {
    this.loop = loop;
    this.runner = runner;
  }

  void after(long delayNanos, Runnable task) {
    waiting = loop.schedule(() -> runner.accept(task), Math.max(0, delayNanos), NANOSECONDS);
  }

  void cancel() {
    if (waiting != null) {
      waiting.cancel(false);
    }
  }
}
