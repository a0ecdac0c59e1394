package dev.gatlingllm.provider;

import java.util.OptionalLong;

/**
 * Token counts as the provider's usage report gives them. A count that was not reported is absent,
 * not zero.
 *
 * @param input all input tokens, those read from a prompt cache and written to it included, whether
 *     or not the provider counts them apart
 * @param cachedInput the part of {@code input} that was read from a prompt cache
 * @param cacheWrite the part of {@code input} that was written to a prompt cache
 * @param output all output tokens, reasoning included
 * @param reasoning the part of {@code output} that is reasoning
 */
public record TokenUsage(
    OptionalLong input,
    OptionalLong cachedInput,
    OptionalLong cacheWrite,
    OptionalLong output,
    OptionalLong reasoning) {

  /** No count was reported. */
  public static final TokenUsage NONE =
      new TokenUsage(
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());
}
