package dev.gatlingllm.simulator;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Makes all event loops stand still, as a long garbage collection does. Thread-safe. */
final class Freeze {

  private final CountDownLatch thawed = new CountDownLatch(1);

  /** Returns when every loop stands still; each does for this long from then on. */
  void freeze(EventLoopGroup loops, Duration duration) throws InterruptedException {
    int count = 0;
    for (EventExecutor ignored : loops) {
      count++;
    }
    CountDownLatch standing = new CountDownLatch(count);
    for (EventExecutor loop : loops) {
      loop.execute(() -> stand(standing, duration));
    }
    standing.await();
  }

  /** Ends every freeze, also those to come. */
  void thaw() {
    thawed.countDown();
  }

  private void stand(CountDownLatch standing, Duration duration) {
    try {
      standing.countDown();
      boolean unused = thawed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
