package dev.gatlingllm.provider.chat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.provider.TokenUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the {@code usage} object of chat completions and of responses. A count that is missing or
 * no number, which may be written as a text, is absent; one that cannot be is {@link
 * TokenUsage#NO_COUNT}.
 */
final class UsageJson {

  private final JsonParser parser;
  private OptionalLong input = OptionalLong.empty();
  private OptionalLong cachedInput = OptionalLong.empty();
  private OptionalLong output = OptionalLong.empty();
  private OptionalLong cacheWrite = OptionalLong.empty();
  private OptionalLong reasoning = OptionalLong.empty();
  private OptionalLong rejected = OptionalLong.empty();
  private OptionalLong total = OptionalLong.empty();

  private UsageJson(JsonParser parser) {
    this.parser = parser;
  }

  /** Consumes the value; empty if it is null or holds no count. */
  static Optional<TokenUsage> read(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return Optional.empty();
    }
    UsageJson json = new UsageJson(parser);
    json.readObject("");
    TokenUsage usage = json.usage();
    return usage.equals(TokenUsage.NONE) ? Optional.empty() : Optional.of(usage);
  }

  /** As the other method, for a value that has been read. */
  static Optional<TokenUsage> read(JsonNode value) {
    try (JsonParser parser = value.traverse()) {
      return read(parser, parser.nextToken());
    } catch (IOException e) {
      throw new UncheckedIOException("a tree in memory cannot be read", e);
    }
  }

  private TokenUsage usage() {
    boolean whole = input.isPresent() && output.isPresent() && total.isPresent();
    if (!whole || input.getAsLong() > total.getAsLong()) {
      return new TokenUsage(input, cachedInput, cacheWrite, output, reasoning, whole, rejected);
    }
    long besideInput = total.getAsLong() - input.getAsLong();
    // xAI counts reasoning beside the completion: total = prompt + completion + reasoning.
    boolean onTop =
        TokenUsage.sum(output.getAsLong(), reasoning.orElse(0)) == besideInput
            && besideInput <= TokenUsage.MOST_PLAUSIBLE;
    boolean differs = !onTop && besideInput != output.getAsLong();
    OptionalLong all = onTop ? OptionalLong.of(besideInput) : output;
    return new TokenUsage(
        input, cachedInput, cacheWrite, all, reasoning, differs && !withCache(), rejected);
  }

  /** Gateways to Anthropic's models may count the tokens of the prompt cache beside the input. */
  private boolean withCache() {
    long parts =
        TokenUsage.sum(
            input.orElse(0), output.orElse(0), cachedInput.orElse(0), cacheWrite.orElse(0));
    return parts == total.orElse(0);
  }

  private void readObject(String path) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = path + parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT && path.isEmpty()) {
        readObject(name + ".");
      } else if (value.isNumeric()) {
        readCount(name, count());
      } else if (value == JsonToken.VALUE_STRING) {
        TokenUsage.count(parser.getText()).ifPresent(count -> readCount(name, count));
      } else {
        parser.skipChildren();
      }
    }
  }

  private long count() throws IOException {
    try {
      return TokenUsage.count(parser.getDecimalValue());
    } catch (NumberFormatException ignored) {
      // Infinity, which a tree has made of 1e400.
      return TokenUsage.NO_COUNT;
    }
  }

  private void readCount(String name, long count) {
    OptionalLong read = OptionalLong.of(count);
    switch (name) {
      case "prompt_tokens", "input_tokens" -> input = read;
      case "total_tokens" -> total = read;
      case "prompt_tokens_details.cached_tokens", "input_tokens_details.cached_tokens" ->
          cachedInput = read;
      // DeepSeek, Moonshot; Databricks and LiteLLM for Anthropic's models.
      case "prompt_cache_hit_tokens", "cached_tokens", "cache_read_input_tokens" ->
          cachedInput = cachedInput.isPresent() ? cachedInput : read;
      // OpenRouter, LiteLLM, Databricks.
      case "prompt_tokens_details.cache_write_tokens",
          "prompt_tokens_details.cache_creation_tokens",
          "cache_creation_input_tokens" ->
          cacheWrite = cacheWrite.isPresent() ? cacheWrite : read;
      case "completion_tokens", "output_tokens" -> output = read;
      case "completion_tokens_details.reasoning_tokens", "output_tokens_details.reasoning_tokens" ->
          reasoning = read;
      case "completion_tokens_details.rejected_prediction_tokens",
          "output_tokens_details.rejected_prediction_tokens" ->
          rejected = read;
      // SGLang and Perplexity.
      case "reasoning_tokens" -> reasoning = reasoning.isPresent() ? reasoning : read;
      default -> {}
    }
  }
}
