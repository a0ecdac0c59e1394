package dev.gatlingllm.config;

import java.time.Duration;
import java.util.List;

/**
 * {@code llm.warmUp}: what is done before the load.
 *
 * @param atMost most time for calls to a simulated endpoint in this process; zero for none
 * @param target what the target gets beforehand
 * @param connections most connections that are opened to it
 * @param calls how many unlogged calls are made to it
 * @param probes connections that are opened and closed to learn how long that takes
 */
public record WarmUpConfig(Duration atMost, Target target, int connections, int calls, int probes) {

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
    return new WarmUpConfig(
        reader.duration("llm.warmUp.atMost"),
        switch (reader.choice("llm.warmUp.target", List.of("off", "connect", "calls"))) {
          case "connect" -> Target.CONNECT;
          case "calls" -> Target.CALLS;
          default -> Target.OFF;
        },
        reader.integer("llm.warmUp.connections", 1),
        reader.integer("llm.warmUp.calls", 1),
        reader.integer("llm.warmUp.probes", 0));
  }
}
