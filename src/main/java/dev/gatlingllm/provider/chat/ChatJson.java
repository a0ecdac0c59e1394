package dev.gatlingllm.provider.chat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatlingllm.provider.MalformedAnswerException;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.transport.ErrorJson;
import java.io.IOException;

/**
 * Reads one JSON object of the chat-completions format, token by token and without a tree. Takes
 * {@code delta} (streamed) and {@code message} (not streamed) alike, and skips what it does not
 * know.
 */
final class ChatJson {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int LONGEST_REASON = 160;

  private final JsonParser parser;
  private final ChatChunk chunk = new ChatChunk();

  private ChatJson(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads the object in a piece of an array.
   *
   * @throws MalformedAnswerException if the piece is not exactly one JSON object
   */
  static ChatChunk read(byte[] bytes, int offset, int length) {
    try (JsonParser parser = FACTORY.createParser(bytes, offset, length)) {
      ChatJson json = new ChatJson(parser);
      json.readRoot();
      return json.chunk;
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage();
      throw new MalformedAnswerException(
          "not JSON: " + reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
    } catch (IOException e) {
      throw new MalformedAnswerException("not JSON: " + e.getClass().getSimpleName());
    }
  }

  private void readRoot() throws IOException {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      throw new MalformedAnswerException("expected a JSON object, was " + first);
    }
    boolean isError = false;
    ErrorJson error = new ErrorJson(parser);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "choices" -> readChoices(value);
        case "usage" -> UsageJson.read(parser, value).ifPresent(chunk::setUsage);
        case "error" -> isError |= error.readNested(value);
        case "object" -> isError |= "error".equals(parser.getValueAsString());
        default -> error.readField(name, value);
      }
    }
    if (parser.nextToken() != null) {
      throw new MalformedAnswerException("expected one JSON object, more follows");
    }
    if (isError || !chunk.hasChoices()) {
      error.get(isError).ifPresent(chunk::setError);
    }
  }

  private void readChoices(JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    chunk.sawChoices();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        readChoice();
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readChoice() throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      boolean isObject = value == JsonToken.START_OBJECT;
      if (isObject && (name.equals("delta") || name.equals("message"))) {
        readDelta();
      } else if (value == JsonToken.VALUE_STRING && name.equals("finish_reason")) {
        chunk.addFinishReason(parser.getText());
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readDelta() throws IOException {
    String reasoning = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "content", "refusal" -> chunk.addOutput(OutputKind.CONTENT, text(value));
        // Some servers send both names, with the same text.
        case "reasoning_content", "reasoning" -> {
          String text = text(value);
          reasoning = reasoning.isEmpty() ? text : reasoning;
        }
        case "tool_calls" -> readToolCalls(value);
        case "function_call" -> readArguments(value);
        default -> parser.skipChildren();
      }
    }
    chunk.addOutput(OutputKind.REASONING, reasoning);
  }

  private void readToolCalls(JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        readToolCall();
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readToolCall() throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("function")) {
        readArguments(value);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readArguments(JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String text = text(parser.nextToken());
      if (name.equals("arguments")) {
        chunk.addOutput(OutputKind.TOOL_CALL, text);
      }
    }
  }

  /** The value if it is a string, else an empty text; the value is consumed. */
  private String text(JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return "";
  }
}
