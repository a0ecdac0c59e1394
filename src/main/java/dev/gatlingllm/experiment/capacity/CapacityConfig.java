package dev.gatlingllm.experiment.capacity;

import dev.gatlingllm.capacity.SearchSettings;
import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.config.ConfigurationException;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * {@code llm.capacity}.
 *
 * @param from the first load; absent for the default of the search
 * @param to the greatest load that is tried; absent: any
 * @param precisionPercent how far the interval may reach to either side, percent
 * @param probeAtLeast a probe lasts at least this long
 * @param probeAtMost and at most this long
 * @param confirm how long the load that was found is held; zero for not at all
 * @param pause between probes, once nothing is in flight
 * @param window of the service's quotas
 * @param duration the search may take
 * @param calls the search may make
 * @param tokens the search may use
 */
record CapacityConfig(
    OptionalDouble from,
    OptionalDouble to,
    double precisionPercent,
    Duration probeAtLeast,
    Duration probeAtMost,
    Duration confirm,
    Duration pause,
    Duration window,
    Duration duration,
    OptionalLong calls,
    OptionalLong tokens) {

  static final String DURATION = "llm.capacity.atMost.duration";
  static final String CALLS = "llm.capacity.atMost.calls";
  static final String TOKENS = "llm.capacity.atMost.tokens";

  private static final double FIRST_RPM = 60;

  static CapacityConfig read(ConfigReader reader) {
    CapacityConfig config =
        new CapacityConfig(
            reader.optionalPositive("llm.capacity.from"),
            reader.optionalPositive("llm.capacity.to"),
            reader.optionalBetween("llm.capacity.precision", 0.5, 50).orElse(5),
            reader.positiveDuration("llm.capacity.probe.atLeast"),
            reader.positiveDuration("llm.capacity.probe.atMost"),
            reader.duration("llm.capacity.confirm"),
            reader.duration("llm.capacity.pause"),
            reader.positiveDuration("llm.capacity.window"),
            reader.positiveDuration(DURATION),
            reader.optionalLong(CALLS, 1),
            reader.optionalLong(TOKENS, 1));
    if (config.probeAtMost().compareTo(config.probeAtLeast()) < 0) {
      throw ConfigurationException.of(
          "llm.capacity.probe.atMost",
          reader.raw("llm.capacity.probe.atMost"),
          "at least llm.capacity.probe.atLeast, " + reader.raw("llm.capacity.probe.atLeast"));
    }
    return config;
  }

  SearchSettings settings(boolean clients) {
    double first = from.orElse(clients ? 1 : FIRST_RPM);
    if (clients && (Math.rint(first) != first || to.stream().anyMatch(t -> Math.rint(t) != t))) {
      throw new ConfigurationException(
          "llm.capacity.from and llm.capacity.to must be whole numbers of clients");
    }
    if (to.isPresent() && to.getAsDouble() < first) {
      throw new ConfigurationException(
          "llm.capacity.to must be at least llm.capacity.from, "
              + first
              + ", was "
              + to.getAsDouble());
    }
    return new SearchSettings(
        first, to, precisionPercent / 100, probeAtLeast, probeAtMost, confirm, window, clients);
  }
}
