package dev.gatlingllm.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.LoadConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.timing.NanoClock;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.exec.Executable;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The load that {@code llm.load} asks for: open, at a rate on an absolute schedule, or closed, by a
 * number of clients.
 */
public final class Load {

  private final LoadConfig config;
  private final long seed;

  private Load(LoadConfig config, long seed) {
    this.config = config;
    this.seed = seed;
  }

  /** The load of these settings. */
  public static Load of(LlmConfig config) {
    return new Load(config.load(), config.seed());
  }

  /** A scenario that makes these calls once per arrival, or over and over by each client. */
  public PopulationBuilder inject(String name, Executable calls) {
    return config.rpm().isPresent() ? open(name, calls) : closed(name, calls);
  }

  private PopulationBuilder open(String name, Executable calls) {
    Arrivals arrivals = Arrivals.of(Startup.orExit(() -> schedule(config, seed)));
    return arrivals.inject(scenario(name).feed(arrivals.feeder()).exec(calls));
  }

  /**
   * The arrivals of an open load.
   *
   * @throws ConfigurationException if there would be none, or too many
   */
  static ArrivalSchedule schedule(LlmConfig config) {
    return schedule(config.load(), config.seed());
  }

  static ArrivalSchedule schedule(LoadConfig config, long seed) {
    try {
      ArrivalSchedule first = schedule(config, config.duration(), config.requests(), seed);
      if (!config.untilAll() || config.duration().isEmpty() || config.requests().isEmpty()) {
        return first;
      }
      ArrivalSchedule byTime = schedule(config, config.duration(), OptionalLong.empty(), seed);
      return byTime.count().orElseThrow() >= config.requests().getAsLong()
          ? byTime
          : schedule(config, Optional.empty(), config.requests(), seed);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("llm.load: " + e.getMessage());
    }
  }

  private static ArrivalSchedule schedule(
      LoadConfig config, Optional<Duration> duration, OptionalLong requests, long seed) {
    double rpm = config.rpm().getAsDouble();
    return config.poisson()
        ? ArrivalSchedule.poisson(rpm, duration, requests, seed)
        : ArrivalSchedule.constant(rpm, duration, requests);
  }

  private PopulationBuilder closed(String name, Executable calls) {
    ClosedEnd end = new ClosedEnd(config, NanoClock.SYSTEM);
    ChainBuilder whileAllowed = asLongAs(session -> end.oneMore()).on(exec(calls));
    return scenario(name).exec(whileAllowed).injectOpen(atOnceUsers(config.clients().getAsInt()));
  }
}
