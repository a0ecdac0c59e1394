package dev.gatlingllm.provider.chat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.gatlingllm.provider.MalformedAnswerException;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.transport.ErrorJson;
import java.io.IOException;

/**
 * Reads one JSON object of the chat-completions format, token by token. Takes {@code delta}
 * (streamed) and {@code message} (not streamed) alike, and skips what it does not know.
 */
final class ChatJson {

  /** The limit of an event is a setting: an image within it must not fail at one of Jackson's. */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private final JsonParser parser;
  private final boolean certainError;
  private final ChatChunk chunk = new ChatChunk();

  private ChatJson(JsonParser parser, boolean certainError) {
    this.parser = parser;
    this.certainError = certainError;
  }

  /**
   * Reads the object in a piece of an array.
   *
   * @param certainError whether the object is an error whatever it holds
   * @throws MalformedAnswerException if the piece is not exactly one JSON object
   */
  static ChatChunk read(byte[] bytes, int offset, int length, boolean certainError) {
    try (JsonParser parser = FACTORY.createParser(bytes, offset, length)) {
      ChatJson json = new ChatJson(parser, certainError);
      json.readRoot();
      return json.chunk;
    } catch (JsonProcessingException e) {
      // Without the parser's message: it may quote the answer.
      throw new MalformedAnswerException(
          "not JSON near byte " + e.getLocation().getByteOffset() + " of " + length);
    } catch (IOException e) {
      throw new MalformedAnswerException("not JSON: " + e.getClass().getSimpleName());
    }
  }

  /** Consumes the value of a field {@code error} and keeps the error, if it is one. */
  static void readError(JsonParser parser, JsonToken value, ChatChunk chunk) throws IOException {
    ErrorJson error = new ErrorJson(parser);
    if (!isEmptyText(parser, value) && error.readNested(value)) {
      error.get(true).ifPresent(chunk::setError);
    }
  }

  private static boolean isEmptyText(JsonParser parser, JsonToken value) throws IOException {
    return value == JsonToken.VALUE_STRING && parser.getText().isEmpty();
  }

  private void readRoot() throws IOException {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      throw new MalformedAnswerException("expected a JSON object, was " + first);
    }
    boolean isError = certainError;
    boolean isOther = false;
    boolean field = false;
    ErrorJson error = new ErrorJson(parser);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "choices" -> readChoices(value);
        case "usage" -> UsageJson.read(parser, value).ifPresent(chunk::setUsage);
        case "error" -> field |= !isEmptyText(parser, value) && error.readNested(value);
        case "object" -> {
          String object = parser.getValueAsString("");
          isError |= object.equals("error");
          isOther = object.startsWith("chat.completion");
          parser.skipChildren();
        }
        case "x_groq" -> readGroq(value);
        case "model" -> chunk.setModel(text(value));
        case "service_tier" -> chunk.setTier(text(value));
        default -> error.readField(name, value);
      }
    }
    if (parser.nextToken() != null) {
      throw new MalformedAnswerException("expected one JSON object, more follows");
    }
    if (isOther) {
      chunk.sawFormat();
    }
    // Beside an answer an empty error is none.
    isError |= field && !(chunk.hasChoices() && error.isSilent());
    if (isError || (!chunk.hasChoices() && !isOther)) {
      error.get(isError).ifPresent(chunk::setError);
    }
  }

  /** Consumes a value; empty if it is no text. */
  private String text(JsonToken value) throws IOException {
    String text = value == JsonToken.VALUE_STRING ? parser.getText() : "";
    parser.skipChildren();
    return text;
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
    boolean delta = false;
    String text = "";
    ChatChunk message = new ChatChunk();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      boolean isObject = value == JsonToken.START_OBJECT;
      if (isObject && name.equals("delta")) {
        delta = true;
        DeltaJson.read(parser, chunk);
      } else if (isObject && name.equals("message")) {
        message.sawMessage();
        DeltaJson.read(parser, message);
      } else if (name.equals("text")) {
        text = text(value);
      } else {
        readChoiceField(name, value);
      }
    }
    // As the older completions have it; Together sends it beside the delta.
    if (!delta && !message.hasMessage()) {
      chunk.addOutput(OutputKind.CONTENT, text);
    }
    if (message.hasMessage() && !delta) {
      take(message);
    }
  }

  /** Perplexity sends a piece and the whole message so far: then the piece counts. */
  private void take(ChatChunk message) {
    chunk.sawMessage();
    for (OutputKind kind : OutputKind.values()) {
      chunk.addOutput(kind, message);
    }
    message.error().ifPresent(chunk::setError);
  }

  private void readChoiceField(String name, JsonToken value) throws IOException {
    switch (name) {
      case "finish_reason" -> {
        if (value == JsonToken.VALUE_STRING) {
          chunk.addFinishReason(parser.getText());
        }
        parser.skipChildren();
      }
      case "error" -> readError(parser, value, chunk);
      // Moonshot's usage.
      case "usage" -> UsageJson.read(parser, value).ifPresent(chunk::setUsage);
      default -> parser.skipChildren();
    }
  }

  /** Groq's usage and, if the stream was cut, its error. */
  private void readGroq(JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken inner = parser.nextToken();
      switch (name) {
        case "usage" -> UsageJson.read(parser, inner).ifPresent(chunk::setUsage);
        case "error" -> readError(parser, inner, chunk);
        default -> parser.skipChildren();
      }
    }
  }
}
