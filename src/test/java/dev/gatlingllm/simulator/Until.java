package dev.gatlingllm.simulator;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does, for as long as a slow machine may need. */
final class Until {

  private static final long LIMIT_NANOS = Duration.ofSeconds(60).toNanos();

  private Until() {}

  static void holds(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > LIMIT_NANOS) {
        throw new AssertionError("did not hold within a minute");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
