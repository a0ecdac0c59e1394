package dev.gatlingllm.experiment.sweep;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.config.ConfigurationException;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code llm.sweep}.
 *
 * @param ladder the levels of concurrency
 * @param duration how long one lasts; absent: until both minima are reached
 * @param minCallsPerLevel fewest calls of a level
 * @param minCallsPerClient fewest calls of one client
 */
public record SweepConfig(
    ConcurrencyLadder ladder,
    Optional<Duration> duration,
    int minCallsPerLevel,
    int minCallsPerClient) {

  public static SweepConfig read(ConfigReader reader) {
    return new SweepConfig(
        ladder(reader.text("llm.sweep.levels")),
        reader.optionalDuration("llm.sweep.duration"),
        reader.integer("llm.sweep.minCallsPerLevel", 1),
        reader.integer("llm.sweep.minCallsPerClient", 1));
  }

  private static ConcurrencyLadder ladder(String levels) {
    return ConfigurationException.in("llm.sweep.levels: ", () -> ConcurrencyLadder.parse(levels));
  }

  /** Calls that each client of a level makes, so that both minima are reached. */
  public int callsPerClient(int clients) {
    return ConcurrencyLadder.callsPerClient(clients, minCallsPerLevel, minCallsPerClient);
  }
}
