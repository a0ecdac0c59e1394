package dev.gatlingllm.simulator;

import dev.gatlingllm.config.SimulatorConfig;

/** Settings that tests start from. */
final class Settings {

  private Settings() {}

  /** Exact times, so short that nobody waits: 1 token per chunk, 1 µs apart. */
  static SimulatorSettings quick(String... changes) {
    return exact("ttft = 0 s, tokensPerSecond = 1000000", String.join(", ", changes));
  }

  /** First token after 50 ms, then 1 token every 10 ms, without jitter or prefill. */
  static SimulatorSettings exact(String... changes) {
    return SimulatorConfig.of(
        "ttft = 50 ms, prefillPerToken = 0 s, tokensPerSecond = 100, tokensPerChunk = 1",
        "jitter = 0, capacity = 1000",
        String.join(", ", changes));
  }
}
