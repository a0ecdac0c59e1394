package dev.gatlingllm.together;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.StartConfig;
import dev.gatlingllm.record.Share;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Begins a load at the instant that {@code llm.load} asks for, or with the other shares of it: the
 * offset from their common clock is measured, and the start is waited for. Whatever keeps it from
 * that ends the run before anything is sent. Used by one thread.
 */
public final class Meeting {

  /** Gatling begins so long before the load: its first users wait for their arrival. */
  private static final long LEAD_NANOS = 5_000_000_000L;

  /** Clocks drift: after so long a wait the offset is measured again. */
  private static final long STALE_NANOS = 10_000_000_000L;

  private final StartConfig start;
  private final Share share;
  private final NanoClock clock;
  private final Supplier<Instant> wall;
  private final Sleep sleep;
  private final PrintStream console;
  private final Optional<Barrier> barrier;
  private Optional<ReferenceClock> reference = Optional.empty();

  private Meeting(
      LlmConfig config, NanoClock clock, Supplier<Instant> wall, Sleep sleep, PrintStream console) {
    this.start = config.start();
    this.share = config.load().part();
    this.clock = clock;
    this.wall = wall;
    this.sleep = sleep;
    this.console = console;
    this.barrier =
        start
            .barrier()
            .map(folder -> new Barrier(folder, share, clock, wall, sleep, start.barrierTimeout()));
  }

  /**
   * What was agreed on.
   *
   * @param reference the clock that all asked; absent if none was asked
   * @param beginNanos when the load begins, on the own clock; absent for as soon as it can
   */
  public record Agreed(Optional<ReferenceClock> reference, OptionalLong beginNanos) {}

  /**
   * Comes to the meeting, before anything is sent.
   *
   * @param simulation fully qualified name of the simulation class
   * @throws ConfigurationException naming the setting, if the start has passed, the time server
   *     does not answer or this share was at the barrier before
   */
  public static Meeting come(
      LlmConfig config, String simulation, NanoClock clock, PrintStream console) {
    return come(config, simulation, clock, Instant::now, Sleep.OF_THREAD, console);
  }

  static Meeting come(
      LlmConfig config,
      String simulation,
      NanoClock clock,
      Supplier<Instant> wall,
      Sleep sleep,
      PrintStream console) {
    Meeting meeting = new Meeting(config, clock, wall, sleep, console);
    meeting.measure();
    meeting.start.at().ifPresent(at -> meeting.requireAhead(at, 0));
    if (meeting.barrier.isPresent()) {
      step(
          StartConfig.BARRIER,
          () -> {
            meeting.barrier.get().come(common(config, simulation));
            return true;
          });
    } else if (meeting.start.at().isEmpty() && meeting.share.splits()) {
      console.println(
          "[llm] share "
              + meeting.share
              + " begins by itself: "
              + StartConfig.AT
              + " or "
              + StartConfig.BARRIER
              + " lets all shares begin together");
    }
    return meeting;
  }

  /** The settings that make a load what it is. */
  private static Map<String, String> common(LlmConfig config, String simulation) {
    Map<String, String> common = new TreeMap<>();
    common.put("simulation", simulation);
    common.put(
        StartConfig.TIME_SERVER, config.start().timeServer().isPresent() ? "set" : "not set");
    config
        .effective()
        .forEach(
            (key, value) -> {
              boolean ofLoad = key.startsWith("llm.load.") && !Share.OWN_SETTINGS.contains(key);
              if (ofLoad || key.startsWith("llm.profile.") || key.equals("llm.seed")) {
                common.put(key, value);
              }
            });
    return common;
  }

  /**
   * Waits until shortly before the load begins.
   *
   * @throws ConfigurationException naming the setting, if the others do not come, or the start has
   *     passed meanwhile
   */
  public Agreed agree() {
    OptionalLong begin = OptionalLong.empty();
    if (barrier.isPresent()) {
      console.println(
          "[llm] share " + share + " waits for the others in " + start.barrier().orElseThrow());
      Barrier.Agreed met =
          step(StartConfig.BARRIER, () -> barrier.get().meet(reference, start.at()));
      reference = Optional.of(met.reference());
      begin = OptionalLong.of(met.beginNanos());
    } else if (start.at().isPresent()) {
      begin = OptionalLong.of(nanosAt(start.at().get()));
    }
    if (begin.isEmpty()) {
      return new Agreed(reference, begin);
    }
    long at = begin.getAsLong();
    if (start.at().isPresent()) {
      requireAhead(start.at().get(), LEAD_NANOS / 2);
    }
    tell(at);
    if (start.timeServer().isPresent() && at - clock.nanos() > STALE_NANOS + 2 * LEAD_NANOS) {
      await(at - 2 * LEAD_NANOS);
      Instant agreed = instantAt(at);
      measure();
      at = nanosAt(agreed);
    }
    await(at - LEAD_NANOS);
    return new Agreed(reference, OptionalLong.of(at));
  }

  private void tell(long at) {
    console.println(
        Figures.fill(
            "[llm] the load begins at %s, in %.1f s%s",
            instantAt(at),
            (at - clock.nanos()) / 1e9,
            reference
                .map(
                    known ->
                        Figures.fill(
                            ", by the clock of %s, which this one is off by %+.3f s ± %.3f ms",
                            known.name(),
                            -known.offset(clock.nanos(), wall.get()).offsetMillis() / 1e3,
                            known.boundNanos(at) / 1e6))
                .orElse(", by the clock of this machine")));
  }

  private void measure() {
    start
        .timeServer()
        .ifPresent(
            server ->
                reference =
                    Optional.of(
                        step(
                            StartConfig.TIME_SERVER,
                            () ->
                                TimeClient.ask(server.getHostString(), server.getPort(), clock))));
  }

  private void requireAhead(Instant at, long leastNanos) {
    long ahead = nanosAt(at) - clock.nanos();
    if (ahead <= leastNanos) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s must leave time for all that comes before the load, was %s, %.1f s %s. Nothing was"
                  + " sent.",
              StartConfig.AT,
              at,
              Math.abs(ahead) / 1e9,
              ahead < 0 ? "ago" : "ahead"));
    }
  }

  private long nanosAt(Instant instant) {
    return own().nanosAt(instant);
  }

  private Instant instantAt(long nanos) {
    return own().at(nanos);
  }

  private ReferenceClock own() {
    return reference.orElseGet(() -> ReferenceClock.own("", clock.nanos(), wall.get()));
  }

  private void await(long nanos) {
    step(
        StartConfig.AT,
        () -> {
          for (long left = nanos - clock.nanos(); left > 0; left = nanos - clock.nanos()) {
            sleep.millis(Math.max(1, Duration.ofNanos(left).toMillis()));
          }
          return true;
        });
  }

  private interface Step<T> {
    T take() throws IOException, InterruptedException;
  }

  private static <T> T step(String key, Step<T> step) {
    try {
      return step.take();
    } catch (IOException e) {
      throw new ConfigurationException(key + ": " + e.getMessage() + ". Nothing was sent.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConfigurationException(key + ": the wait was interrupted. Nothing was sent.");
    }
  }
}
