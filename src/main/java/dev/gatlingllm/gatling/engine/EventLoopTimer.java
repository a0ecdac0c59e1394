package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.call.Timer;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A timer on the event loop of a user. Once Gatling has shut the loop down, nothing runs any more:
 * the run is over and its calls have been abandoned.
 */
record EventLoopTimer(EventExecutor eventLoop) implements Timer {

  @Override
  public Pending schedule(long delayNanos, Runnable task) {
    try {
      ScheduledFuture<?> future =
          eventLoop.schedule(task, Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException ignored) {
      return () -> {};
    }
  }
}
