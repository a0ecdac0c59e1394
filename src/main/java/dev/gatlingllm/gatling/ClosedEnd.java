package dev.gatlingllm.gatling;

import dev.gatlingllm.config.LoadConfig;
import dev.gatlingllm.timing.NanoClock;

/**
 * Whether a client of a closed load makes one more call: as long as neither limit is reached, or as
 * long as not both are. The time begins with the first question. Safe for use by many threads.
 */
final class ClosedEnd {

  private final LoadConfig config;
  private final NanoClock clock;
  private long begin;
  private long granted;

  ClosedEnd(LoadConfig config, NanoClock clock) {
    this.config = config;
    this.clock = clock;
  }

  synchronized boolean oneMore() {
    if (granted == 0) {
      begin = clock.nanos();
    }
    boolean goesOn = config.untilAll() ? !timeUp() || !usedUp() : !timeUp() && !usedUp();
    granted += goesOn ? 1 : 0;
    return goesOn;
  }

  /**
   * A limit that is not set counts as reached if both must be, and as never reached if one must.
   */
  private boolean timeUp() {
    return config.duration().isPresent()
        ? clock.nanos() - begin >= config.duration().get().toNanos()
        : config.untilAll();
  }

  private boolean usedUp() {
    return config.requests().isPresent()
        ? granted >= config.requests().getAsLong()
        : config.untilAll();
  }
}
