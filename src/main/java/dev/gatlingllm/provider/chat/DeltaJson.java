package dev.gatlingllm.provider.chat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.provider.OutputKind;
import java.io.IOException;

/**
 * Reads the output of a {@code delta} or a {@code message}: text, reasoning under the names and in
 * the shapes that services give it, calls of tools, sound and images.
 */
final class DeltaJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String THOUGHT_END = "</thought>";

  private final JsonParser parser;
  private final ChatChunk chunk;

  /** Reasoning in plain fields, and in lists of details: some services send it in both. */
  private String plain = "";

  private String content = "";
  private String refusal = "";
  private boolean thought;

  private final ChatChunk details = new ChatChunk();
  private final ChatChunk parts = new ChatChunk();

  private DeltaJson(JsonParser parser, ChatChunk chunk) {
    this.parser = parser;
    this.chunk = chunk;
  }

  /** Consumes the object at whose start the parser stands, and adds its output. */
  static void read(JsonParser parser, ChatChunk chunk) throws IOException {
    DeltaJson delta = new DeltaJson(parser, chunk);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      delta.readField(name, parser.nextToken());
    }
    delta.addContent();
    delta.addReasoning();
  }

  private void addContent() {
    int answerAt = thought ? endOfThought() : 0;
    chunk.addOutput(OutputKind.REASONING_SUMMARY, content.substring(0, answerAt));
    chunk.addOutput(OutputKind.CONTENT, content.substring(answerAt));
    chunk.addOutput(OutputKind.CONTENT, refusal);
  }

  /** A whole message is marked as well, and has the answer behind the thoughts. */
  private int endOfThought() {
    int end = content.indexOf(THOUGHT_END);
    return end < 0 ? content.length() : end + THOUGHT_END.length();
  }

  private void readField(String name, JsonToken value) throws IOException {
    switch (name) {
      case "content" -> readContent(value);
      case "refusal" -> readRefusal(value);
      case "reasoning_content",
          "reasoning",
          "reasoning_text",
          "thinking",
          "thinking_content",
          "thought" ->
          readReasoning(value);
      case "extra_content" -> thought |= isThought(MAPPER.readTree(parser));
      case "reasoning_details", "thinking_blocks" -> readParts(OutputKind.REASONING, details);
      case "tool_calls" -> readToolCalls(value);
      case "function_call" -> readToolCall(value);
      case "audio" -> readAudio(value);
      case "images", "image" -> readImages(value);
      case "error" -> ChatJson.readError(parser, value, chunk);
      default -> parser.skipChildren();
    }
  }

  private void readContent(JsonToken value) throws IOException {
    if (value.isStructStart()) {
      readParts(OutputKind.CONTENT, parts);
    } else {
      content = text(value);
    }
  }

  private void readRefusal(JsonToken value) throws IOException {
    if (value.isStructStart()) {
      readParts(OutputKind.CONTENT, parts);
    } else {
      refusal = text(value);
    }
  }

  /** How Gemini marks the summary of its thoughts, which comes as content. */
  private static boolean isThought(JsonNode extra) {
    return extra.path("google").path("thought").asBoolean()
        || extra.path("vertex").path("thought").asBoolean();
  }

  private void readReasoning(JsonToken value) throws IOException {
    if (value.isStructStart()) {
      readParts(OutputKind.REASONING, details);
    } else {
      String text = text(value);
      plain = plain.isEmpty() ? text : plain;
    }
  }

  private void readParts(OutputKind kind, ChatChunk into) throws IOException {
    ContentParts.read(MAPPER.readTree(parser), kind, into);
  }

  private void addReasoning() {
    chunk.addOutput(OutputKind.CONTENT, parts);
    chunk.addOutput(OutputKind.TOOL_CALL, parts);
    chunk.addOutput(OutputKind.MEDIA, parts);
    if (!plain.isEmpty()) {
      boolean summary =
          details.holds(OutputKind.REASONING_SUMMARY) && !details.holds(OutputKind.REASONING);
      chunk.addOutput(summary ? OutputKind.REASONING_SUMMARY : OutputKind.REASONING, plain);
      return;
    }
    boolean detailed =
        details.holds(OutputKind.REASONING) || details.holds(OutputKind.REASONING_SUMMARY);
    ChatChunk source = detailed ? details : parts;
    chunk.addOutput(OutputKind.REASONING_SUMMARY, source);
    chunk.addOutput(OutputKind.REASONING, source);
  }

  private void readToolCalls(JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      readToolCall(value);
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      readToolCall(parser.currentToken());
    }
  }

  /** A call with its function or custom tool inside, or one that is the function itself. */
  private void readToolCall(JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken inner = parser.nextToken();
      switch (name) {
        case "function", "custom" -> readToolCall(inner);
        case "name" -> {
          if (!text(inner).isEmpty()) {
            chunk.addOutputWithoutText(OutputKind.TOOL_CALL);
          }
        }
        case "arguments", "input" -> chunk.addOutput(OutputKind.TOOL_CALL, arguments(inner));
        default -> parser.skipChildren();
      }
    }
  }

  /** Ollama and others send the arguments as an object. */
  private String arguments(JsonToken value) throws IOException {
    return value.isStructStart() ? MAPPER.readTree(parser).toString() : text(value);
  }

  private void readAudio(JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken inner = parser.nextToken();
      if (name.equals("transcript")) {
        chunk.addOutput(OutputKind.MEDIA, text(inner));
      } else if (name.equals("data") && inner == JsonToken.VALUE_STRING) {
        if (parser.getTextLength() > 0) {
          chunk.addOutputWithoutText(OutputKind.MEDIA);
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readImages(JsonToken value) throws IOException {
    boolean any = value == JsonToken.START_OBJECT;
    if (value == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        any |= parser.currentToken() != JsonToken.VALUE_NULL;
        parser.skipChildren();
      }
    } else {
      parser.skipChildren();
    }
    if (any) {
      chunk.addOutputWithoutText(OutputKind.MEDIA);
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
