package dev.gatlingllm.provider.bedrock;

import com.fasterxml.jackson.core.JsonParser;
import dev.gatlingllm.provider.TokenUsage;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Collects the {@code usage} object of Bedrock and puts it into our terms. A count that is missing
 * or no number is absent; one that cannot be is {@link TokenUsage#NO_COUNT}.
 */
final class UsageCounts {

  private OptionalLong input = OptionalLong.empty();
  private OptionalLong output = OptionalLong.empty();
  private OptionalLong cacheRead = OptionalLong.empty();
  private OptionalLong cacheWrite = OptionalLong.empty();

  void read(String name, JsonParser value) throws IOException {
    if (!value.currentToken().isNumeric()) {
      return;
    }
    OptionalLong count = OptionalLong.of(TokenUsage.count(value.getDecimalValue()));
    switch (name) {
      case "inputTokens" -> input = count;
      case "outputTokens" -> output = count;
      case "cacheReadInputTokens" -> cacheRead = count;
      case "cacheWriteInputTokens" -> cacheWrite = count;
      default -> {}
    }
  }

  TokenUsage toUsage() {
    return usage(input, output, cacheRead, cacheWrite);
  }

  /**
   * Bedrock's {@code inputTokens} leaves out what went through the prompt cache: all input tokens
   * are {@code inputTokens + cacheReadInputTokens + cacheWriteInputTokens}. Reasoning tokens are
   * part of its {@code outputTokens} and not told apart.
   */
  static TokenUsage usage(
      OptionalLong input, OptionalLong output, OptionalLong cacheRead, OptionalLong cacheWrite) {
    OptionalLong all =
        input.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(
                TokenUsage.sum(input.getAsLong(), cacheRead.orElse(0), cacheWrite.orElse(0)));
    return new TokenUsage(all, cacheRead, cacheWrite, output, OptionalLong.empty());
  }
}
