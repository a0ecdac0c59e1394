package dev.gatlingllm.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.simulator.wire.PromptTokens.Turn;
import java.util.ArrayList;
import java.util.List;

/** Finds the turns of a conversation in the body of a request. */
final class PromptTurns {

  private PromptTurns() {}

  /** An array of messages with a role and a content. */
  static List<Turn> messages(String field, JsonNode messages) throws InvalidRequestException {
    if (!messages.isArray() || messages.isEmpty()) {
      throw new InvalidRequestException(field + " must be an array of at least one message");
    }
    List<Turn> turns = new ArrayList<>();
    for (JsonNode message : messages) {
      String name = field + "[" + turns.size() + "]";
      if (!message.path("role").isTextual()) {
        throw new InvalidRequestException(name + ".role must be a string");
      }
      turns.add(turn(message.path("role").asText(), name + ".content", message.path("content")));
    }
    return turns;
  }

  /** The messages, and before them what stands in {@code system}, if anything does. */
  static List<Turn> withSystem(JsonNode root) throws InvalidRequestException {
    List<Turn> turns = new ArrayList<>();
    JsonNode system = root.path("system");
    if (system.isTextual() || !system.isEmpty()) {
      turns.add(turn("system", "system", system));
    }
    turns.addAll(messages("messages", root.path("messages")));
    return turns;
  }

  /** A conversation that is one text. */
  static List<Turn> text(JsonNode text) {
    return List.of(new Turn("user", List.of(text.asText())));
  }

  /** The input of the Responses API: a text, or messages. */
  static List<Turn> input(JsonNode input) throws InvalidRequestException {
    return input.isTextual() ? new ArrayList<>(text(input)) : messages("input", input);
  }

  /** Text stands alone or in an array of blocks; what is no text or cache point is attached. */
  private static Turn turn(String role, String name, JsonNode content)
      throws InvalidRequestException {
    if (content.isTextual()) {
      return new Turn(role, List.of(content.asText()));
    }
    if (content.isNull() || content.isMissingNode()) {
      return new Turn(role, List.of());
    }
    if (!content.isArray()) {
      throw new InvalidRequestException(name + " must be a string or an array");
    }
    List<String> texts = new ArrayList<>();
    int attachments = 0;
    for (JsonNode block : content) {
      if (block.path("text").isTextual()) {
        texts.add(block.path("text").asText());
      } else if (!block.has("cachePoint")) {
        attachments++;
      }
    }
    return new Turn(role, texts, attachments);
  }
}
