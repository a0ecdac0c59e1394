package dev.gatlingllm.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.provider.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a request body in the words of chat completions, Anthropic's Messages or Bedrock's
 * Converse. What it has no words for goes into the extra body as it is, null included, if a service
 * knows it; what none knows, and so describes the line of the file, is left out.
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

  private static final String ANTHROPIC_VERSION = "bedrock-2023-05-31";
  private static final String NOVA_VERSION = "messages-v1";
  private static final JsonNode USAGE_ONLY =
      JsonNodeFactory.instance.objectNode().put("include_usage", true);

  private static final Set<String> STOPS = Set.of("stop", "stop_sequences", "stopSequences");

  private final InputLines.Line line;
  private final MessageContent content;
  private final List<Message> messages = new ArrayList<>();
  private final Map<String, Object> extra = new LinkedHashMap<>();
  private final Map<Parameter, String> given = new EnumMap<>(Parameter.class);
  private final Set<String> leftOut = new TreeSet<>();
  private Parameters parameters = Parameters.NONE;
  private String model = "";
  private String latencyMode = "";
  private boolean streaming = true;

  private PayloadBody(InputLines.Line line, MessageContent content) {
    this.line = line;
    this.content = content;
  }

  /** Reads what the messages of a file hold. */
  static MessageContent contentOf(Path file) {
    return new MessageContent(FileParts.beside(file));
  }

  /**
   * The request of a body.
   *
   * @param line the place for messages
   * @param content reads what the messages of the body's file hold
   * @throws InputException naming the place, the field and what is accepted
   */
  static Payload payload(InputLines.Line line, JsonNode body, MessageContent content) {
    PayloadBody read = new PayloadBody(line, content);
    return new Payload(line.place(), read.read(body), read.leftOut);
  }

  private LlmRequest read(JsonNode body) {
    ConverseWords.check(line, body);
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      take(field.getKey(), field.getValue(), body);
    }
    if (messages.stream().allMatch(message -> message.role().instructs())) {
      throw line.wrong("messages", "at least one message of role user", "none");
    }
    return new LlmRequest(
        model, "", latencyMode, messages, parameters.withExtraBody(extra), streaming);
  }

  private void take(String name, JsonNode value, JsonNode body) {
    boolean word = NUMBERS.containsKey(name) || STOPS.contains(name);
    if (word && value.isNull()) {
      extra.put(name, null);
    } else if (NUMBERS.containsKey(name)) {
      number(name, value);
    } else if (STOPS.contains(name)) {
      parameters = parameters.withStop(texts(name, value));
    } else {
      takeFurther(name, value, body);
    }
  }

  private void takeFurther(String name, JsonNode value, JsonNode body) {
    switch (name) {
      case "messages" -> messages(value);
      case "system" -> system(value);
      case "model", "modelId", "model_id" -> model = value.isNull() ? "" : text(name, value);
      case "stream" -> streaming = value.isNull() || flag(name, value);
      case CONVERSE ->
          object(name, value).properties().forEach(field -> takeInference(field, body));
      case "performanceConfig" -> latencyMode = text(name + ".latency", value.path("latency"));
      case "additionalModelRequestFields", "extra_body" ->
          extra.putAll(JsonText.values(object(name, value)));
      default -> takeUnread(name, value, body);
    }
  }

  private void takeUnread(String name, JsonNode value, JsonNode body) {
    boolean sentAnyway =
        (name.equals("stream_options") && value.equals(USAGE_ONLY))
            || (name.equals("anthropic_version") && value.asText().equals(ANTHROPIC_VERSION))
            || (name.equals("schemaVersion") && value.asText().equals(NOVA_VERSION));
    if (!RequestFields.isKnown(name, body)) {
      leftOut.add(name);
    } else if (!sentAnyway) {
      extra.put(name, JsonText.value(value));
    }
  }

  private void takeInference(Map.Entry<String, JsonNode> field, JsonNode body) {
    String name = field.getKey();
    if (!NUMBERS.containsKey(name) && !STOPS.contains(name)) {
      throw line.wrong(
          CONVERSE, "of maxTokens, temperature, topP and stopSequences", "with a field " + name);
    }
    if (!field.getValue().isNull()) {
      take(name, field.getValue(), body);
    }
  }

  private void messages(JsonNode value) {
    if (!value.isArray() || value.isEmpty()) {
      String found = value.isArray() ? "empty" : JsonText.kind(value);
      throw line.wrong("messages", "an array of at least one message", found);
    }
    for (int i = 0; i < value.size(); i++) {
      String name = "messages[" + i + "]";
      messages.add(message(name, object(name, value.get(i))));
    }
  }

  private void system(JsonNode value) {
    if (!value.isNull()) {
      List<Part> parts = content.parts(line, "system", value);
      requireText(Message.Role.SYSTEM, "system", parts);
      messages.add(0, new Message(Message.Role.SYSTEM, parts, CachePoint.NONE));
    }
  }

  private Message message(String name, JsonNode message) {
    Message.Role role = role(name + ".role", message.path("role"));
    Map<String, Object> fields = new LinkedHashMap<>(JsonText.values(message));
    fields.remove("role");
    JsonNode said = message.path("content");
    boolean silent = said.isNull() || said.isMissingNode();
    if (!silent) {
      fields.remove("content");
    }
    if (silent && fields.values().stream().allMatch(Objects::isNull)) {
      throw line.wrong(name + ".content", "a text or an array of parts", JsonText.kind(said));
    }
    List<Part> parts = silent ? List.of() : content.parts(line, name + ".content", said);
    requireText(role, name + ".content", parts);
    return new Message(role, parts, CachePoint.NONE, fields);
  }

  private void requireText(Message.Role role, String name, List<Part> parts) {
    if (role != Message.Role.USER
        && parts.stream()
            .anyMatch(part -> part instanceof Part.File || part instanceof Part.Link)) {
      throw line.wrong(name, "text: files go with messages of role user only", "with a file");
    }
  }

  private Message.Role role(String name, JsonNode value) {
    for (Message.Role role : Message.Role.values()) {
      if (role.word().equals(value.textValue())) {
        return role;
      }
    }
    throw line.wrong(
        name,
        "one of user, assistant, system, developer, tool, function",
        value.isTextual() && value.textValue().matches("[\\w-]{1,40}")
            ? value.toString()
            : JsonText.kind(value));
  }

  private void number(String name, JsonNode value) {
    if (!value.isNumber()) {
      throw line.wrong(
          name, "a number", value.isContainerNode() ? JsonText.kind(value) : value + "");
    }
    Parameter parameter = NUMBERS.get(name);
    String other = given.putIfAbsent(parameter, name);
    Number before = parameters.numbers().get(parameter);
    try {
      parameters = parameters.with(parameter, value.numberValue());
    } catch (IllegalArgumentException e) {
      String said = e.getMessage().substring(parameter.key().length());
      throw new InputException(line.place() + ": " + name + said);
    }
    if (other != null && !parameters.numbers().get(parameter).equals(before)) {
      throw line.wrong(
          name, "absent beside " + other + ", or the same (" + before + ")", value.asText());
    }
  }

  private List<String> texts(String name, JsonNode value) {
    if (value.isTextual()) {
      return List.of(value.textValue());
    }
    if (!value.isArray()) {
      throw line.wrong(name, "a text or an array of texts", JsonText.shown(value));
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
