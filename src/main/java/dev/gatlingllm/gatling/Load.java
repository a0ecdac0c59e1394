package dev.gatlingllm.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.GateConfig;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.LoadConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.gatling.engine.DeclaredGoals;
import dev.gatlingllm.gatling.engine.DeclaredLoads;
import dev.gatlingllm.gatling.engine.ExtendedLoad;
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
  private final Optional<GateConfig.AtMost> goesOnTo;

  private Load(LoadConfig config, long seed, Optional<GateConfig.AtMost> goesOnTo) {
    this.config = config;
    this.seed = seed;
    this.goesOnTo = goesOnTo;
  }

  /** The load of these settings; it goes on where {@code llm.gate.undecided} is extend. */
  public static Load of(LlmConfig config) {
    GateConfig gate = config.gate();
    return new Load(
        config.load(),
        config.seed(),
        gate.extend() ? Optional.of(gate.atMost()) : Optional.empty());
  }

  /** The same load, where going on makes no sense. */
  public Load endingAsPlanned() {
    return new Load(config, seed, Optional.empty());
  }

  /** A scenario that makes these calls once per arrival, or over and over by each client. */
  public PopulationBuilder inject(String name, Executable calls) {
    Startup.orExit(this::requireAnEnd);
    if (config.isOpen()) {
      return open(name, calls);
    }
    DeclaredLoads.add(LoadWords.of(config));
    return config.clientsOverTime().isPresent()
        ? ComingClients.of(config).inject(name, calls)
        : closed(name, calls);
  }

  /** A profile says itself how a load ends: nothing says how it would go on. */
  private boolean requireAnEnd() {
    if (goesOnTo.isPresent()
        && (config.rates().isPresent() || config.clientsOverTime().isPresent())) {
      throw new ConfigurationException(
          GateConfig.UNDECIDED
              + " = extend needs a load that can go on, and llm.load.profile says how this one ends:"
              + " set point, fail or pass, or llm.load.rpm or .clients in place of the profile");
    }
    return true;
  }

  private PopulationBuilder open(String name, Executable calls) {
    ArrivalSchedule planned = Startup.orExit(() -> schedule(config, seed));
    DeclaredLoads.add(LoadWords.of(config, planned));
    if (goesOnTo.isEmpty()) {
      Arrivals arrivals = Arrivals.of(planned, config.part());
      return arrivals.inject(scenario(name).feed(arrivals.feeder()).exec(calls));
    }
    long count = planned.count().orElseThrow();
    ExtendedLoad longer =
        declare(OptionalLong.of(count), Optional.of(Duration.ofNanos(planned.durationNanos())));
    Arrivals arrivals =
        Arrivals.goingOn(goingOn(config, planned, seed), count, NanoClock.SYSTEM, longer);
    return arrivals.inject(
        scenario(name).feed(arrivals.feeder()).doIf(Arrivals::isWanted).then(exec(calls)));
  }

  /** The arrivals of a plan, and those that follow at the same rate, for as long as one asks. */
  static ArrivalSchedule goingOn(LoadConfig config, ArrivalSchedule planned, long seed) {
    double rpm = config.rpm().orElseThrow();
    return config.arrivals().isRandom()
        ? ArrivalSchedule.goingOn(rpm, config.arrivals(), planned, seed)
        : ArrivalSchedule.constant(rpm, Duration.ofNanos(Long.MAX_VALUE));
  }

  private ExtendedLoad declare(OptionalLong calls, Optional<Duration> time) {
    GateConfig.AtMost most = goesOnTo.orElseThrow();
    Startup.orExit(() -> most.requireMoreThan(calls, time));
    return ExtendedLoad.declare(calls.orElse(0));
  }

  /**
   * The arrivals of an open load, or of its share.
   *
   * @throws ConfigurationException if there would be none, or too many
   */
  static ArrivalSchedule schedule(LlmConfig config) {
    return schedule(config.load(), config.seed());
  }

  static ArrivalSchedule schedule(LoadConfig config, long seed) {
    return part(config, whole(config, seed));
  }

  /**
   * Those of all arrivals that the share of a load has.
   *
   * @throws ConfigurationException if another share would have none
   */
  public static ArrivalSchedule part(LoadConfig config, ArrivalSchedule all) {
    all.count().ifPresent(count -> config.ofShare("the load", count, "arrivals"));
    return all.part(config.part().index(), config.part().of());
  }

  private static ArrivalSchedule whole(LoadConfig config, long seed) {
    try {
      if (config.rates().isPresent()) {
        return ArrivalSchedule.of(config.rates().get(), config.arrivals(), config.requests(), seed);
      }
      ArrivalSchedule first = whole(config, config.duration(), config.requests(), seed);
      if (!config.untilAll() || config.duration().isEmpty() || config.requests().isEmpty()) {
        return first;
      }
      ArrivalSchedule byTime = whole(config, config.duration(), OptionalLong.empty(), seed);
      return byTime.count().orElseThrow() >= config.requests().getAsLong()
          ? byTime
          : whole(config, Optional.empty(), config.requests(), seed);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("llm.load: " + e.getMessage());
    }
  }

  private static ArrivalSchedule whole(
      LoadConfig config, Optional<Duration> duration, OptionalLong requests, long seed) {
    return ArrivalSchedule.of(
        config.rpm().getAsDouble(), config.arrivals(), duration, requests, seed);
  }

  private PopulationBuilder closed(String name, Executable calls) {
    Optional<ExtendedLoad> longer =
        goesOnTo.map(most -> declare(config.requests(), config.duration()));
    ClosedEnd end = new ClosedEnd(config, NanoClock.SYSTEM, longer);
    DeclaredGoals.declare(end);
    ChainBuilder whileAllowed = asLongAs(session -> end.oneMore()).on(exec(calls));
    return OwnShare.atOnce(name, config.clients().getAsInt(), whileAllowed);
  }
}
