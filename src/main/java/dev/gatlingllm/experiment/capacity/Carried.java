package dev.gatlingllm.experiment.capacity;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.record.CapacityResult.Probe;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an endpoint carries at the load that was found, from the probe nearest to it, in proportion.
 *
 * @param ratePerMinute succeeded calls a minute
 * @param tokensPerMinute input and output tokens of succeeded calls a minute
 * @param inFlight calls in flight on average
 */
record Carried(
    OptionalDouble ratePerMinute, OptionalDouble tokensPerMinute, OptionalDouble inFlight) {

  private static final String MISSED = Outcome.MISSED.code();

  /**
   * Leaves out probes that were too much, since what piled up in them was not carried, and those
   * that were cut before most of their calls could end.
   *
   * @param load arrivals per minute, or clients; absent if none was found
   */
  static Carried at(OptionalDouble load, List<Probe> probes, boolean clients) {
    Optional<Probe> nearest =
        load.isEmpty()
            ? Optional.empty()
            : probes.stream()
                .filter(probe -> !probe.decision().equals(MISSED))
                .filter(Carried::outlastsItsCalls)
                .min(
                    Comparator.comparingDouble(
                        probe -> Math.abs(Math.log(probe.load() / load.getAsDouble()))));
    if (nearest.isEmpty()) {
      return new Carried(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }
    Probe probe = nearest.get();
    double more = load.getAsDouble() / probe.load();
    double ended = clients ? endedPerStarted(probe) : 1;
    return new Carried(
        times(probe.ratePerMinute(), more * ended),
        times(probe.tokensPerMinute(), more * ended),
        times(probe.inFlight(), more));
  }

  private static boolean outlastsItsCalls(Probe probe) {
    return probe.e2eP95Millis().isPresent()
        && 1000 * probe.seconds() > 2 * probe.e2eP95Millis().getAsDouble();
  }

  /** Clients start calls until the end of a probe, which end after it. */
  private static double endedPerStarted(Probe probe) {
    double started = probe.ratePerMinute().orElse(0);
    return started > 0 && probe.completedPerMinute().isPresent()
        ? probe.completedPerMinute().getAsDouble() / started
        : 1;
  }

  private static OptionalDouble times(OptionalDouble value, double factor) {
    return value.isPresent() ? OptionalDouble.of(value.getAsDouble() * factor) : value;
  }
}
