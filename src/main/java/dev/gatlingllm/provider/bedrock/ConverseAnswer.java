package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.OutputKind;
import java.math.BigDecimal;
import java.util.OptionalLong;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/**
 * Tells an answer that came in one piece. All of it carries the stamp of the body's last bytes:
 * nothing of it could be used before.
 */
record ConverseAnswer(ConverseResponse response) {

  void tell(SdkExchange exchange) {
    if (response.output() != null && response.output().message() != null) {
      response.output().message().content().forEach(block -> tell(block, exchange));
    }
    if (response.stopReasonAsString() != null) {
      exchange.finish(response.stopReasonAsString());
    }
    if (response.usage() != null) {
      exchange.usage(usage(response.usage()));
    }
    exchange.completed();
  }

  private static void tell(ContentBlock block, SdkExchange exchange) {
    switch (block.type()) {
      case TEXT -> exchange.output(OutputKind.CONTENT, block.text());
      case REASONING_CONTENT -> {
        if (block.reasoningContent().reasoningText() != null) {
          String text = block.reasoningContent().reasoningText().text();
          exchange.output(OutputKind.REASONING, text);
        }
      }
      case TOOL_USE -> exchange.output(OutputKind.TOOL_CALL, block.toolUse().input().toString());
      default -> {}
    }
  }

  private static dev.gatlingllm.provider.TokenUsage usage(TokenUsage usage) {
    return UsageCounts.usage(
        count(usage.inputTokens()),
        count(usage.outputTokens()),
        count(usage.cacheReadInputTokens()),
        count(usage.cacheWriteInputTokens()));
  }

  private static OptionalLong count(Integer value) {
    return value == null
        ? OptionalLong.empty()
        : OptionalLong.of(
            dev.gatlingllm.provider.TokenUsage.count(BigDecimal.valueOf(value.longValue())));
  }
}
