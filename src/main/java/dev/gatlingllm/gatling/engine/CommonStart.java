package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.text.Console;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.timing.NanoClock;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * When the loads of a run begin, if that was agreed on with other machines. The run sets it before
 * its first user; a load that follows another begins by itself. Safe for use by many threads.
 */
public final class CommonStart {

  /** That of the run of this process. */
  public static final CommonStart OF_PROCESS = new CommonStart(NanoClock.SYSTEM);

  /** Loads that begin with the first ask within this time. */
  private static final long AT_ONCE_NANOS = 1_000_000_000L;

  private final NanoClock clock;
  private OptionalLong first = OptionalLong.empty();
  private volatile OptionalLong at = OptionalLong.empty();

  /** Nothing was agreed on. */
  public CommonStart(NanoClock clock) {
    this.clock = clock;
  }

  /** Agrees on an instant of the clock, in nanoseconds. */
  public void agree(long nanos) {
    at = OptionalLong.of(nanos);
  }

  /**
   * The instant at which a load begins; empty if nothing was agreed on, or if it has passed and
   * this load is not among the first. A first load that is late keeps the instant, so that its
   * arrivals are those that were agreed on, and late.
   *
   * @param offset how long after the begin of the load its first user comes, in nanoseconds
   */
  public synchronized OptionalLong ofNextLoad(long offset) {
    OptionalLong agreed = at;
    if (agreed.isEmpty()) {
      return agreed;
    }
    long now = clock.nanos() - offset;
    long late = now - agreed.getAsLong();
    if (first.isEmpty()) {
      first = OptionalLong.of(now);
      if (late > 0) {
        Console.out()
            .println(
                Figures.fill(
                    "[llm] Gatling was ready %.1f s after the load had begun: its first calls are"
                        + " late",
                    late / 1e9));
      }
    }
    return late < 0 || now - first.getAsLong() < AT_ONCE_NANOS ? agreed : OptionalLong.empty();
  }

  /** How long it is until then; nothing if it has passed, or nothing was agreed on. */
  public Duration wait(NanoClock now) {
    OptionalLong agreed = ofNextLoad(0);
    return agreed.isPresent()
        ? Duration.ofNanos(Math.max(0, agreed.getAsLong() - now.nanos()))
        : Duration.ZERO;
  }
}
