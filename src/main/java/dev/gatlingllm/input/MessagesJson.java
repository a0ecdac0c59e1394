package dev.gatlingllm.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.input.MessagesFile.Conversation;
import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Reads one conversation.
 *
 * @param place where it stands, for messages
 * @param content reads what messages hold
 */
record MessagesJson(String place, MessageContent content) {

  /** Texts that follow one another in a message are one, as if they had not been cut. */
  static final String BETWEEN_TEXTS = "";

  Conversation conversation(JsonNode node) {
    if (node.isArray()) {
      return new Conversation(place, messages("messages", node), OptionalInt.empty(), 1);
    }
    if (!node.isObject()) {
      throw wrong("a conversation", "an array of messages or an object with messages", node);
    }
    JsonNode messages = node.path("messages");
    if (!messages.isArray()) {
      throw wrong("messages", "an array of messages", messages);
    }
    return new Conversation(
        place, messages("messages", messages), maxTokens(node.path("max_tokens")), weight(node));
  }

  private List<Message> messages(String name, JsonNode array) {
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : array) {
      messages.add(message(name + "[" + messages.size() + "]", message));
    }
    if (messages.isEmpty()) {
      throw InputException.of(place, name, "at least one message", "empty");
    }
    return messages;
  }

  private Message message(String name, JsonNode message) {
    InputLines.Line line = new InputLines.Line(place, "");
    String field = name + ".content";
    JsonNode said = message.path("content");
    return switch (message.path("role").asText("")) {
      case "system", "developer" -> Message.system(content.text(line, field, said));
      case "user" ->
          new Message(Message.Role.USER, content.parts(line, field, said), CachePoint.NONE);
      case "assistant" -> Message.assistant(content.text(line, field, said));
      default -> throw wrong(name + ".role", "system, user or assistant", message.path("role"));
    };
  }

  private OptionalInt maxTokens(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return OptionalInt.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 1) {
      throw wrong("max_tokens", "a whole number of at least 1", value);
    }
    return OptionalInt.of(value.asInt());
  }

  private double weight(JsonNode node) {
    JsonNode value = node.path("weight");
    if (value.isMissingNode()) {
      return 1;
    }
    if (!value.isNumber() || !(value.asDouble() > 0)) {
      throw wrong("weight", "a number above 0", value);
    }
    return value.asDouble();
  }

  private InputException wrong(String field, String accepted, JsonNode value) {
    String shown =
        value.isNumber() || value.isBoolean()
            ? value.asText()
            : value.getNodeType().name().toLowerCase(Locale.ROOT);
    return InputException.of(place, field, accepted, shown);
  }
}
