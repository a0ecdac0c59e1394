package dev.gatlingllm.gatling;

import dev.gatlingllm.config.LoadConfig;
import dev.gatlingllm.gatling.engine.ExtendedLoad;
import dev.gatlingllm.live.LoadGoal;
import dev.gatlingllm.timing.NanoClock;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Whether a client of a closed load makes one more call: as long as neither limit is reached, or as
 * long as not both are. The time begins with the first question. Safe for use by many threads.
 */
final class ClosedEnd implements LoadGoal {

  private final LoadConfig config;
  private final NanoClock clock;
  private final Optional<ExtendedLoad> longer;
  private long begin;
  private long granted;

  /**
   * The end of a load.
   *
   * @param longer asked once the plan is over; empty if the load ends with it
   */
  ClosedEnd(LoadConfig config, NanoClock clock, Optional<ExtendedLoad> longer) {
    this.config = config;
    this.clock = clock;
    this.longer = longer;
  }

  synchronized boolean oneMore() {
    if (granted == 0) {
      begin = clock.nanos();
    }
    boolean planned = config.untilAll() ? !timeUp() || !usedUp() : !timeUp() && !usedUp();
    boolean goesOn =
        planned || longer.filter(load -> load.oneMore(granted, clock.nanos() - begin)).isPresent();
    granted += goesOn ? 1 : 0;
    return goesOn;
  }

  @Override
  public synchronized Optional<Way> at(long nanos) {
    if (longer.isPresent() || granted == 0) {
      return Optional.empty();
    }
    Optional<Way> byTime =
        config
            .duration()
            .map(all -> Way.ofTime(nanos - begin, all.toNanos(), OptionalDouble.empty()));
    Optional<Way> byCalls =
        config.requests().isPresent()
            ? Optional.of(Way.ofCalls(granted, config.requests().getAsLong()))
            : Optional.empty();
    Comparator<Way> first = Comparator.comparingDouble(Way::share);
    return Stream.concat(byTime.stream(), byCalls.stream())
        .max(config.untilAll() ? first.reversed() : first);
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
