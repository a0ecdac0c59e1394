package dev.gatlingllm.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;

/** The content of a message in a payload: a text, or an array of blocks of text. */
final class PayloadContent {

  private PayloadContent() {}

  /**
   * The text of a content; several blocks are joined by a blank line.
   *
   * @throws InputException if there is none, or a block is not text
   */
  static String text(InputLines.Line line, String name, JsonNode content) {
    if (content.isTextual()) {
      return notBlank(line, name, content.textValue());
    }
    if (!content.isArray()) {
      throw line.wrong(name, "a text or an array of blocks", JsonText.kind(content));
    }
    StringJoiner text = new StringJoiner("\n\n");
    for (int i = 0; i < content.size(); i++) {
      text.add(block(line, name + "[" + i + "]", content.get(i)));
    }
    return notBlank(line, name, text.toString());
  }

  private static String block(InputLines.Line line, String name, JsonNode block) {
    String type = block.path("type").asText("text");
    if (!type.endsWith("text") || !block.path("text").isTextual()) {
      String found = block.isObject() ? String.join(", ", names(block)) : JsonText.kind(block);
      throw line.wrong(name, "a block of text", "one of " + found);
    }
    return block.path("text").textValue();
  }

  private static Iterable<String> names(JsonNode block) {
    return block.properties().stream()
        .map(field -> field.getKey().equals("type") ? field.getValue().asText() : field.getKey())
        .toList();
  }

  private static String notBlank(InputLines.Line line, String name, String text) {
    if (text.isBlank()) {
      throw line.wrong(name, "a text that is not blank", "a blank text");
    }
    return text;
  }
}
