package dev.gatlingllm.stats;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What succeeded calls say of the provider's prompt cache.
 *
 * @param calls that say how many input tokens they had, and how many of them were read from the
 *     cache
 * @param hits those of them that read at least one
 * @param inputTokens all input tokens of these calls, cached ones included
 * @param readTokens the part of them that was read from the cache
 * @param writtenTokens written to the cache by any succeeded call; absent if none says
 */
public record CacheUse(
    long calls, long hits, long inputTokens, long readTokens, OptionalLong writtenTokens) {

  /** The label of a call that says hit, write or miss, where calls are told apart by that. */
  public static final String LABEL = "cache";

  /** The definition, as it is printed in reports. */
  public static final String DEFINITION =
      "Of succeeded calls that say it. With a hit: calls that read at least one token from the cache."
          + " Hit rate: input tokens read from the cache ÷ all input tokens, in percent.";

  /** {@code readTokens ÷ inputTokens} in percent; absent without input tokens. */
  public OptionalDouble hitRatePercent() {
    return Percent.of(readTokens, inputTokens);
  }

  /** {@code hits ÷ calls} in percent; absent without calls. */
  public OptionalDouble hitPercent() {
    return Percent.of(hits, calls);
  }

  /** What these calls and others say together. */
  public CacheUse plus(CacheUse other) {
    boolean written = writtenTokens.isPresent() || other.writtenTokens.isPresent();
    return new CacheUse(
        calls + other.calls,
        hits + other.hits,
        inputTokens + other.inputTokens,
        readTokens + other.readTokens,
        written
            ? OptionalLong.of(writtenTokens.orElse(0) + other.writtenTokens.orElse(0))
            : OptionalLong.empty());
  }
}
