package dev.gatlingllm.provider.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.provider.OutputKind;
import java.util.List;

/**
 * Reads output that comes as a list of parts: content of Mistral ({@code thinking}) and Databricks
 * ({@code reasoning} with {@code summary_text}), OpenRouter's {@code reasoning_details}, blocks of
 * Anthropic's models behind gateways.
 */
final class ContentParts {

  private static final List<String> TEXT_FIELDS =
      List.of("text", "thinking", "reasoning", "content", "summary", "refusal");

  private ContentParts() {}

  /**
   * Adds what the parts hold.
   *
   * @param value a list of parts, or one
   * @param kind of texts whose part does not say what it is
   */
  static void read(JsonNode value, OutputKind kind, ChatChunk chunk) {
    if (value.isTextual()) {
      chunk.addOutput(kind, value.asText());
    } else if (value.isArray()) {
      value.forEach(part -> read(part, kind, chunk));
    } else if (value.isObject()) {
      readPart(value, kind, chunk);
    }
  }

  private static void readPart(JsonNode part, OutputKind outer, ChatChunk chunk) {
    OutputKind kind = kind(part.path("type").asText(""), outer);
    switch (kind) {
      case MEDIA -> media(part, chunk);
      case TOOL_CALL -> chunk.addOutputWithoutText(OutputKind.TOOL_CALL);
      default -> text(part, kind, chunk);
    }
  }

  private static OutputKind kind(String type, OutputKind outer) {
    if (type.contains("summary")) {
      return OutputKind.REASONING_SUMMARY;
    }
    if (type.contains("thinking") || type.contains("reasoning")) {
      return OutputKind.REASONING;
    }
    if (type.contains("image") || type.contains("audio") || type.contains("video")) {
      return OutputKind.MEDIA;
    }
    return type.equals("tool_use") ? OutputKind.TOOL_CALL : outer;
  }

  private static void text(JsonNode part, OutputKind kind, ChatChunk chunk) {
    for (String field : TEXT_FIELDS) {
      boolean summary = field.equals("summary") && kind == OutputKind.REASONING;
      read(part.path(field), summary ? OutputKind.REASONING_SUMMARY : kind, chunk);
    }
    // Redacted thinking and encrypted reasoning.
    if (kind == OutputKind.REASONING && !part.path("data").asText("").isEmpty()) {
      chunk.addOutputWithoutText(kind);
    }
  }

  /** Sound may come with the text that is spoken. */
  static void media(JsonNode part, ChatChunk chunk) {
    chunk.addOutput(OutputKind.MEDIA, part.path("transcript").asText(""));
    chunk.addOutputWithoutText(OutputKind.MEDIA);
  }
}
