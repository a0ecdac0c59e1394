package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.text.Console;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.timing.NanoClock;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * When the loads of a run begin, if that was agreed on with other machines. The run sets it before
 * its first user; a load that is asked for later, such as one that follows another, begins by
 * itself. Safe for use by many threads.
 */
public final class CommonStart {

  /** That of the run of this process. */
  public static final CommonStart OF_PROCESS = new CommonStart(NanoClock.SYSTEM);

  private final NanoClock clock;
  private volatile boolean begun;
  private volatile OptionalLong at = OptionalLong.empty();

  /** Nothing was agreed on. */
  public CommonStart(NanoClock clock) {
    this.clock = clock;
  }

  /** Agrees on an instant of the clock, in nanoseconds. */
  public void agree(long nanos) {
    at = OptionalLong.of(nanos);
  }

  /** The instant, as long as it is to come; empty if nothing was agreed on, or it has passed. */
  public OptionalLong ahead() {
    OptionalLong agreed = at;
    if (agreed.isEmpty()) {
      return agreed;
    }
    long late = clock.nanos() - agreed.getAsLong();
    if (late >= 0 && !begun) {
      Console.out()
          .println(
              Figures.fill(
                  "[llm] the load begins %.1f s after the start that was agreed on", late / 1e9));
    }
    begun = true;
    return late < 0 ? agreed : OptionalLong.empty();
  }

  /** How long it is until then; nothing if it has passed, or nothing was agreed on. */
  public Duration wait(NanoClock now) {
    OptionalLong agreed = ahead();
    return agreed.isPresent()
        ? Duration.ofNanos(Math.max(0, agreed.getAsLong() - now.nanos()))
        : Duration.ZERO;
  }
}
