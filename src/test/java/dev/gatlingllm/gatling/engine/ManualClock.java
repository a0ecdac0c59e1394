package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.timing.NanoClock;
import io.gatling.commons.util.Clock;
import io.netty.util.concurrent.MockTicker;
import java.util.concurrent.TimeUnit;

/**
 * The one time of a test: our clock, Gatling's and that of Netty's timers. It stands still until it
 * is moved. It begins at the JVM's own, so that instants the product took from there are near.
 */
public final class ManualClock implements NanoClock, Clock, MockTicker {

  private volatile long nanos = NanoClock.SYSTEM.nanos();

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public long nowMillis() {
    return nanos / 1_000_000;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public void advance(long amount, TimeUnit unit) {
    moveTo(nanos + unit.toNanos(amount));
  }

  void moveTo(long newNanos) {
    nanos = newNanos;
  }

  @Override
  public void sleep(long delay, TimeUnit unit) {
    throw new UnsupportedOperationException("nobody sleeps on a clock that stands still");
  }
}
