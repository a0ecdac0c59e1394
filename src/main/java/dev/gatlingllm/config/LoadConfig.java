package dev.gatlingllm.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * {@code llm.load}: when calls arrive.
 *
 * @param rpm arrivals per minute; absent for a closed load of {@code clients}
 * @param duration how long calls arrive; absent if {@code requests} alone ends the load
 * @param requests how many calls to start; absent if {@code duration} alone ends the load
 * @param untilAll whether both must be reached, and not the first of them
 * @param clients clients of a closed load, or most calls in flight of an open one
 * @param poisson whether arrivals are a Poisson process instead of evenly spaced
 * @param maxScheduleDelay an arrival later than this is dropped
 * @param catchUp whether late arrivals are sent all the same
 * @param drain how long calls in flight may go on when the run is told to stop
 */
public record LoadConfig(
    OptionalDouble rpm,
    Optional<Duration> duration,
    OptionalLong requests,
    boolean untilAll,
    OptionalInt clients,
    boolean poisson,
    Duration maxScheduleDelay,
    boolean catchUp,
    Duration drain) {

  private static final double DEFAULT_RPM = 120;
  private static final Duration DEFAULT_DURATION = Duration.ofSeconds(30);

  static LoadConfig read(ConfigReader reader) {
    OptionalInt clients = reader.optionalInteger("llm.load.clients", 1);
    OptionalDouble rpm = reader.optionalPositive("llm.load.rpm");
    return new LoadConfig(
        rpm.isPresent() || clients.isPresent() ? rpm : OptionalDouble.of(DEFAULT_RPM),
        duration(reader),
        reader.optionalLong("llm.load.requests", 1),
        reader.choice("llm.load.until", List.of("any", "all")).equals("all"),
        clients,
        reader.choice("llm.load.arrivals", List.of("constant", "poisson")).equals("poisson"),
        reader.duration("llm.load.maxScheduleDelay"),
        reader.flag("llm.load.catchUp"),
        reader.duration("llm.load.drain"));
  }

  private static Optional<Duration> duration(ConfigReader reader) {
    Optional<Duration> asked = reader.optionalDuration("llm.load.duration");
    return asked.isPresent() || reader.isSet("llm.load.requests")
        ? asked
        : Optional.of(DEFAULT_DURATION);
  }

  /** The same load at another rate, by other clients. */
  public LoadConfig with(OptionalDouble newRpm, OptionalInt newClients) {
    return new LoadConfig(
        newRpm,
        duration,
        requests,
        untilAll,
        newClients,
        poisson,
        maxScheduleDelay,
        catchUp,
        drain);
  }

  /** The same load, open: with this rate if it has none. */
  public LoadConfig withRpmIfUnset(double otherRpm) {
    return rpm.isPresent() ? this : with(OptionalDouble.of(otherRpm), clients);
  }
}
