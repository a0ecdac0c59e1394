package dev.gatlingllm.simulator;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * The prompt cache. Chat completions use it by themselves, in steps of 128 tokens; Converse up to a
 * cache point.
 *
 * @param cacheTtl how long a prefix is kept after its last use; zero for no cache
 * @param cacheMinTokens the smallest prefix that is kept
 */
public record CacheSettings(
    @Range(most = 86_400) Duration cacheTtl,
    @Range(least = 1, most = 1_000_000) int cacheMinTokens) {

  boolean on() {
    return !cacheTtl.isZero();
  }

  /** The smallest prefix that is kept; empty if there is no cache. */
  OptionalInt minTokens() {
    return on() ? OptionalInt.of(cacheMinTokens) : OptionalInt.empty();
  }
}
