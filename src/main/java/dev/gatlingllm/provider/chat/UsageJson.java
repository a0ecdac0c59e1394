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
 * no number is absent; one that cannot be is {@link TokenUsage#NO_COUNT}.
 */
final class UsageJson {

  private final JsonParser parser;
  private OptionalLong input = OptionalLong.empty();
  private OptionalLong cachedInput = OptionalLong.empty();
  private OptionalLong output = OptionalLong.empty();
  private OptionalLong reasoning = OptionalLong.empty();

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
    TokenUsage usage =
        new TokenUsage(
            json.input, json.cachedInput, OptionalLong.empty(), json.output, json.reasoning);
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

  private void readObject(String path) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = path + parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT && path.isEmpty()) {
        readObject(name + ".");
      } else if (value.isNumeric()) {
        readCount(name, count());
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
      case "prompt_tokens_details.cached_tokens", "input_tokens_details.cached_tokens" ->
          cachedInput = read;
      case "completion_tokens", "output_tokens" -> output = read;
      case "completion_tokens_details.reasoning_tokens", "output_tokens_details.reasoning_tokens" ->
          reasoning = read;
      default -> {}
    }
  }
}
