package dev.gatlingllm.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a request body in the words of chat completions, Anthropic's Messages or Bedrock's
 * Converse. What it has no words for goes into the extra body as it is.
 */
final class PayloadBody {

  private static final String CONVERSE = "inferenceConfig";

  private static final Map<String, Parameter> NUMBERS =
      Map.ofEntries(
          Map.entry("max_tokens", Parameter.MAX_TOKENS),
          Map.entry("max_completion_tokens", Parameter.MAX_TOKENS),
          Map.entry("maxTokens", Parameter.MAX_TOKENS),
          Map.entry("temperature", Parameter.TEMPERATURE),
          Map.entry("top_p", Parameter.TOP_P),
          Map.entry("topP", Parameter.TOP_P),
          Map.entry("presence_penalty", Parameter.PRESENCE_PENALTY),
          Map.entry("frequency_penalty", Parameter.FREQUENCY_PENALTY),
          Map.entry("seed", Parameter.SEED),
          Map.entry("n", Parameter.CHOICES));

  private static final Set<String> STOPS = Set.of("stop", "stop_sequences", "stopSequences");

  private final InputLines.Line line;
  private final MessageContent content;
  private final List<Message> messages = new ArrayList<>();
  private final Map<String, Object> extra = new LinkedHashMap<>();
  private Parameters parameters = Parameters.NONE;
  private String model = "";
  private String latencyMode = "";
  private boolean streaming = true;

  private PayloadBody(InputLines.Line line, MessageContent content) {
    this.line = line;
    this.content = content;
  }

  /** Reads what the messages of a file hold; texts that follow one another are paragraphs. */
  static MessageContent contentOf(Path file) {
    return new MessageContent(FileParts.beside(file), "\n\n");
  }

  /**
   * The request of a body.
   *
   * @param line the place for messages
   * @param content reads what the messages of the body's file hold
   * @throws InputException naming the place, the field and what is accepted
   */
  static LlmRequest request(InputLines.Line line, JsonNode body, MessageContent content) {
    return new PayloadBody(line, content).read(body);
  }

  private LlmRequest read(JsonNode body) {
    ConverseWords.check(line, body);
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      take(field.getKey(), field.getValue());
    }
    if (messages.stream().allMatch(message -> message.role() == Message.Role.SYSTEM)) {
      throw line.wrong("messages", "at least one message of role user", "none");
    }
    return new LlmRequest(
        model, "", latencyMode, messages, parameters.withExtraBody(extra), streaming);
  }

  private void take(String name, JsonNode value) {
    if (NUMBERS.containsKey(name)) {
      number(name, value);
    } else if (STOPS.contains(name)) {
      parameters = parameters.withStop(texts(name, value));
    } else {
      switch (name) {
        case "messages" -> messages(value);
        case "system" -> messages.add(0, message(Message.Role.SYSTEM, name, value));
        case "model", "modelId", "model_id" -> model = text(name, value);
        case "stream" -> streaming = flag(name, value);
        case "stream_options" -> {}
        case CONVERSE -> object(name, value).properties().forEach(this::takeInference);
        case "performanceConfig" -> latencyMode = text(name + ".latency", value.path("latency"));
        case "additionalModelRequestFields" -> extra.putAll(JsonText.values(object(name, value)));
        default -> extra.put(name, JsonText.value(value));
      }
    }
  }

  private void takeInference(Map.Entry<String, JsonNode> field) {
    String name = field.getKey();
    if (!NUMBERS.containsKey(name) && !STOPS.contains(name)) {
      throw line.wrong(
          CONVERSE, "of maxTokens, temperature, topP and stopSequences", "with a field " + name);
    }
    take(name, field.getValue());
  }

  private void messages(JsonNode value) {
    if (!value.isArray() || value.isEmpty()) {
      throw line.wrong("messages", "an array of messages", JsonText.kind(value));
    }
    for (int i = 0; i < value.size(); i++) {
      String name = "messages[" + i + "]";
      JsonNode message = object(name, value.get(i));
      messages.add(
          message(
              role(name + ".role", message.path("role")),
              name + ".content",
              message.path("content")));
    }
  }

  private Message message(Message.Role role, String name, JsonNode said) {
    Message message =
        role == Message.Role.USER
            ? new Message(role, content.parts(line, name, said), CachePoint.NONE)
            : new Message(role, content.text(line, name, said));
    if (message.isText() && message.text().isBlank()) {
      throw line.wrong(name, "a text that is not blank", "a blank text");
    }
    return message;
  }

  private Message.Role role(String name, JsonNode value) {
    return switch (value.asText()) {
      case "user" -> Message.Role.USER;
      case "assistant" -> Message.Role.ASSISTANT;
      case "system", "developer" -> Message.Role.SYSTEM;
      default ->
          throw line.wrong(
              name,
              "one of user, assistant, system, developer",
              value.isTextual() ? value.toString() : JsonText.kind(value));
    };
  }

  private void number(String name, JsonNode value) {
    if (!value.isNumber()) {
      throw line.wrong(
          name, "a number", value.isContainerNode() ? JsonText.kind(value) : value + "");
    }
    try {
      parameters = parameters.with(NUMBERS.get(name), value.numberValue());
    } catch (IllegalArgumentException e) {
      throw new InputException(line.place() + ": " + name + ": " + e.getMessage());
    }
  }

  private List<String> texts(String name, JsonNode value) {
    if (value.isTextual()) {
      return List.of(value.textValue());
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode one : value) {
      if (!one.isTextual() || one.textValue().isEmpty()) {
        throw line.wrong(name, "a text or an array of texts", JsonText.kind(one));
      }
      texts.add(one.textValue());
    }
    return texts;
  }

  private String text(String name, JsonNode value) {
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw line.wrong(name, "a text that is not blank", JsonText.kind(value));
    }
    return value.textValue();
  }

  private boolean flag(String name, JsonNode value) {
    if (!value.isBoolean()) {
      throw line.wrong(name, "true or false", JsonText.kind(value));
    }
    return value.booleanValue();
  }

  private JsonNode object(String name, JsonNode value) {
    if (!value.isObject()) {
      throw line.wrong(name, "an object", JsonText.kind(value));
    }
    return value;
  }
}
