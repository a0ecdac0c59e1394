package dev.gatlingllm.simulator;

import java.time.Duration;

/**
 * The prompt cache. Chat completions use it by themselves, in steps of 128 tokens; Converse up to a
 * cache point.
 *
 * @param ttl how long a prefix is kept after its last use; zero for no cache
 * @param minTokens the smallest prefix that is kept, 1 to 1,000,000
 */
public record CacheSettings(Duration ttl, int minTokens) {

  /** Checks the ranges. */
  public CacheSettings {
    Check.between("cacheTtl in s", ttl.toSeconds(), 0, 86_400);
    Check.between("cacheMinTokens", minTokens, 1, 1_000_000);
  }

  boolean on() {
    return !ttl.isZero();
  }
}
