package dev.gatlingllm.provider.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.provider.TokenUsage;
import java.util.OptionalLong;

/**
 * The token counts of one answer, which come in pieces: those of the prompt with {@code
 * message_start}, those of the output, growing, with each {@code message_delta}. Anthropic counts
 * the input beside the cache, read or written; {@link TokenUsage#input} is all of it.
 */
final class MessagesUsage {

  private OptionalLong input = OptionalLong.empty();
  private OptionalLong cacheRead = OptionalLong.empty();
  private OptionalLong cacheWrite = OptionalLong.empty();
  private OptionalLong output = OptionalLong.empty();
  private OptionalLong thinking = OptionalLong.empty();

  /** Takes the counts of a {@code usage} object; what it does not say stays. */
  void add(JsonNode usage) {
    input = newer(usage.path("input_tokens"), input);
    cacheRead = newer(usage.path("cache_read_input_tokens"), cacheRead);
    cacheWrite = newer(usage.path("cache_creation_input_tokens"), cacheWrite);
    output = newer(usage.path("output_tokens"), output);
    thinking = newer(usage.path("output_tokens_details").path("thinking_tokens"), thinking);
  }

  private static OptionalLong newer(JsonNode count, OptionalLong before) {
    return count.isNumber() ? OptionalLong.of(TokenUsage.count(count.decimalValue())) : before;
  }

  /** The counts so far. */
  TokenUsage counts() {
    OptionalLong all =
        input.isEmpty()
            ? input
            : OptionalLong.of(
                TokenUsage.sum(input.getAsLong(), cacheRead.orElse(0), cacheWrite.orElse(0)));
    return new TokenUsage(all, cacheRead, cacheWrite, output, thinking);
  }
}
