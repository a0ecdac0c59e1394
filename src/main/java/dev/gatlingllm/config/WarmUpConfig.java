package dev.gatlingllm.config;

import java.time.Duration;

/**
 * {@code llm.warmUp}: what is done before the load.
 *
 * @param atLeast least time for calls to a simulated endpoint in this process, at most {@code
 *     atMost}; zero for as long as they become faster
 * @param atMost most time for calls to a simulated endpoint in this process; zero for none
 * @param target what the target gets beforehand
 * @param connections most connections that are opened to it
 * @param calls how many unlogged calls are made to it
 * @param probes connections that are opened and closed to learn how long that takes
 */
public record WarmUpConfig(
    Duration atLeast, Duration atMost, Target target, int connections, int calls, int probes) {

  /** What the target gets before the load. */
  public enum Target {
    /** Nothing. */
    OFF,
    /** Connections, and no request. */
    CONNECT,
    /** Unlogged calls. */
    CALLS
  }

  static WarmUpConfig read(ConfigReader reader) {
    Duration atLeast = reader.duration("llm.warmUp.atLeast");
    Duration atMost = reader.duration("llm.warmUp.atMost");
    if (atLeast.compareTo(atMost) > 0) {
      throw ConfigurationException.of(
          "llm.warmUp.atLeast",
          reader.raw("llm.warmUp.atLeast"),
          "at most llm.warmUp.atMost (" + reader.raw("llm.warmUp.atMost") + ")");
    }
    return new WarmUpConfig(
        atLeast,
        atMost,
        reader.choice("llm.warmUp.target", Target.class),
        reader.integer("llm.warmUp.connections", 1),
        reader.integer("llm.warmUp.calls", 1),
        reader.integer("llm.warmUp.probes", 0));
  }
}
