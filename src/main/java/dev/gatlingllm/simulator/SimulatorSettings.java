package dev.gatlingllm.simulator;

import java.util.Objects;

/**
 * Everything that shapes a simulated endpoint.
 *
 * @param latency how long calls are served
 * @param answer what answers consist of
 * @param cache what is kept of prompts
 * @param limits how many calls are let in
 * @param faults how often calls fail
 * @param server where the server listens and what it says about itself
 * @param seed decides all that is random: the n-th call to come in has the same jitter, fault and
 *     words in every run
 */
public record SimulatorSettings(
    LatencySettings latency,
    AnswerSettings answer,
    CacheSettings cache,
    LimitSettings limits,
    FaultSettings faults,
    ServerSettings server,
    long seed) {

  /** Rejects null components. */
  public SimulatorSettings {
    Objects.requireNonNull(latency, "latency");
    Objects.requireNonNull(answer, "answer");
    Objects.requireNonNull(cache, "cache");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(faults, "faults");
    Objects.requireNonNull(server, "server");
  }

  /** The defaults, each of which is told at its method of {@link SettingsBuilder}. */
  public static SimulatorSettings defaults() {
    return builder().build();
  }

  /** Starts from the defaults. */
  public static SettingsBuilder builder() {
    return new SettingsBuilder();
  }
}
