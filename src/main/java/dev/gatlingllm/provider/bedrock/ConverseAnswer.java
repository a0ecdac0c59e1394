package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.Served;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.services.bedrockruntime.model.CitationGeneratedContent;
import software.amazon.awssdk.services.bedrockruntime.model.CitationsContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseMetrics;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTrace;
import software.amazon.awssdk.services.bedrockruntime.model.PerformanceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.PromptRouterTrace;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningTextBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceTier;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;

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
    exchange.served(served());
    exchange.completed();
  }

  private Served served() {
    return new Served(
        Optional.ofNullable(response.trace())
            .map(ConverseTrace::promptRouter)
            .map(PromptRouterTrace::invokedModelId)
            .orElse(""),
        Optional.ofNullable(response.serviceTier()).map(ServiceTier::typeAsString).orElse(""),
        Optional.ofNullable(response.performanceConfig())
            .map(PerformanceConfiguration::latencyAsString)
            .orElse(""),
        Optional.ofNullable(response.metrics())
            .map(ConverseMetrics::latencyMs)
            .map(millis -> ServedCall.millis(BigDecimal.valueOf(millis)))
            .orElse(OptionalLong.empty()));
  }

  private static void tell(ContentBlock block, SdkExchange exchange) {
    switch (block.type()) {
      case TEXT -> exchange.output(OutputKind.CONTENT, block.text());
      case CITATIONS_CONTENT -> cited(block.citationsContent(), exchange);
      case REASONING_CONTENT -> reasoning(block.reasoningContent(), exchange);
      case TOOL_USE -> call(block.toolUse(), exchange);
      case IMAGE, AUDIO, VIDEO -> exchange.outputWithoutText(OutputKind.MEDIA);
      default -> {}
    }
  }

  private static void call(ToolUseBlock block, SdkExchange exchange) {
    if (block.input() == null) {
      exchange.outputWithoutText(OutputKind.TOOL_CALL);
    } else {
      exchange.output(OutputKind.TOOL_CALL, block.input().toString());
    }
  }

  /** The text of an answer with citations stands in their block. */
  private static void cited(CitationsContentBlock block, SdkExchange exchange) {
    block.content().stream()
        .map(CitationGeneratedContent::text)
        .filter(Objects::nonNull)
        .forEach(text -> exchange.output(OutputKind.CONTENT, text));
  }

  /** A signature without text stands for reasoning that the service hides. */
  private static void reasoning(ReasoningContentBlock block, SdkExchange exchange) {
    ReasoningTextBlock shown = block.reasoningText();
    if (shown != null && shown.text() != null && !shown.text().isEmpty()) {
      exchange.output(OutputKind.REASONING, shown.text());
    } else if (block.redactedContent() != null || (shown != null && shown.signature() != null)) {
      exchange.outputWithoutText(OutputKind.REASONING);
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
