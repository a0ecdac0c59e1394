package dev.gatlingllm.simulator;

import java.time.Duration;

/** Settings that tests start from. */
final class Settings {

  private Settings() {}

  /** Exact times, so short that nobody waits: 1 token per chunk, 1 µs apart. */
  static SettingsBuilder quick() {
    return exact().timeToFirstToken(Duration.ZERO).tokensPerSecond(1_000_000);
  }

  /** First token after 50 ms, then 1 token every 10 ms, without jitter or prefill. */
  static SettingsBuilder exact() {
    return SimulatorSettings.builder()
        .timeToFirstToken(Duration.ofMillis(50))
        .prefillMillisPerInputToken(0)
        .tokensPerSecond(100)
        .tokensPerChunk(1)
        .firstTokenJitter(Jitter.NONE)
        .gapJitter(Jitter.NONE)
        .capacity(1_000);
  }
}
