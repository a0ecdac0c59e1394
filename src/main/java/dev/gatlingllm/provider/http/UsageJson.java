package dev.gatlingllm.provider.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.provider.TokenUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the {@code usage} object of chat completions and of responses. A count that is missing,
 * null or negative is absent.
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
      } else if (value == JsonToken.VALUE_NUMBER_INT) {
        readCount(name, count());
      } else {
        parser.skipChildren();
      }
    }
  }

  /** A number that no long can hold is greater than any count. */
  private long count() throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? Long.MAX_VALUE
        : parser.getLongValue();
  }

  private void readCount(String name, long count) {
    OptionalLong read = count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
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
