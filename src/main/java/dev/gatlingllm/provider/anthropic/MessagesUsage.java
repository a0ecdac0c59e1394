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

  /**
   * Takes the counts of a {@code usage} object. What it does not say stays, and so does a count of
   * the input that has fallen to 0: it cannot, and gateways fill those of one event with zeros.
   */
  void add(JsonNode usage) {
    input = newerThanZero(usage.path("input_tokens"), input);
    cacheRead = newerThanZero(usage.path("cache_read_input_tokens"), cacheRead);
    cacheWrite = newerThanZero(usage.path("cache_creation_input_tokens"), cacheWrite);
    output = newer(usage.path("output_tokens"), output);
    thinking = newer(usage.path("output_tokens_details").path("thinking_tokens"), thinking);
  }

  private static OptionalLong newer(JsonNode count, OptionalLong before) {
    OptionalLong now = reported(count);
    return now.isPresent() ? now : before;
  }

  private static OptionalLong newerThanZero(JsonNode count, OptionalLong before) {
    OptionalLong now = newer(count, before);
    return now.orElse(0) > 0 || before.isEmpty() ? now : before;
  }

  private static OptionalLong reported(JsonNode count) {
    return count.isNumber()
        ? OptionalLong.of(TokenUsage.count(count.decimalValue()))
        : TokenUsage.count(count.asText(""));
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
