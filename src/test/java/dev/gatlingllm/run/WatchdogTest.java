package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchdogTest {

  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void whateverALookThrowsTheNextOneComes() throws InterruptedException {
    CountDownLatch outOfMemory = new CountDownLatch(1);
    CountDownLatch third = new CountDownLatch(3);
    Runnable look =
        () -> {
          third.countDown();
          switch (looks.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("x");
            case 2 -> throw new OutOfMemoryError("as if");
            default -> looks.get();
          }
        };
    try (Watchdog watchdog =
        new Watchdog(
            look,
            () -> {
              outOfMemory.countDown();
              throw new IllegalStateException("so does what follows");
            })) {
      watchdog.start();
      assertThat(third.await(1, TimeUnit.MINUTES)).isTrue();
      assertThat(outOfMemory.getCount()).isZero();
    }
  }

  @Test
  void afterItsEndItLooksNoMore() {
    Watchdog watchdog = new Watchdog(looks::incrementAndGet, () -> {});
    watchdog.start();
    watchdog.close();
    watchdog.release();
    assertThat(looks.get()).isZero();
  }
}
