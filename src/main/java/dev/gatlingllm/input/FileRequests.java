package dev.gatlingllm.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The request bodies in the JSON of a file, each an object with {@code messages}, whatever it is
 * wrapped in: lines of an OpenAI, Anthropic or Bedrock batch, inputs of aiperf and genai-perf,
 * prompts of vLLM's custom data set, conversations of ShareGPT, responses of LLMeter. What is none
 * of them is refused with the fields that were found and, if it is known, its format.
 */
final class FileRequests {

  private static final String ACCEPTED =
      "an object with messages, a prompt or conversations (ShareGPT), or a line of an OpenAI,"
          + " Anthropic or Bedrock batch";

  private static final List<String> CONVERSATIONS = List.of("conversations", "conversation");
  private static final List<String> PROMPTS = List.of("prompt", "text_input", "input_prompt");
  private static final List<String> OUTPUT_TOKENS =
      List.of("output_tokens", "output_length", "expected_output_len", "output_len");
  private static final String[] PAYLOADS = {"payloads", "payload"};
  private static final int MOST_FIELDS = 12;
  private static final int LONGEST_FIELD = 40;

  /** One body and where it stands. */
  record Body(InputLines.Line place, ObjectNode object) {}

  private FileRequests() {}

  /**
   * The bodies of all values of a file.
   *
   * @throws InputException if a value is none and holds none
   */
  static List<Body> of(InputLines lines) {
    List<Body> bodies = new ArrayList<>();
    boolean[] first = {true};
    lines
        .json()
        .forEach(
            value -> {
              // The place of an element of the file's only array needs no line.
              String array = first[0] ? lines.name() : value.place().place();
              bodies.addAll(of(value, array).toList());
              first[0] = false;
            });
    return bodies;
  }

  private static Stream<Body> of(InputLines.Json value, String array) {
    JsonNode node = value.node();
    if (!node.isArray()) {
      return of(value.place(), node);
    }
    if (isConversation(node)) {
      return Stream.of(new Body(value.place(), messages(node)));
    }
    List<Body> bodies = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      of(new InputLines.Line(array + " [" + i + "]", ""), node.get(i)).forEach(bodies::add);
    }
    return bodies.stream();
  }

  private static boolean isConversation(JsonNode array) {
    return array.path(0).isObject() && array.path(0).has("role");
  }

  private static ObjectNode messages(JsonNode array) {
    return JsonNodeFactory.instance.objectNode().set("messages", array);
  }

  private static Stream<Body> of(InputLines.Line place, JsonNode node) {
    if (node.isArray()) {
      return Stream.of(new Body(place, messages(node)));
    }
    if (!node.isObject()) {
      throw place.wrong("request", ACCEPTED, JsonText.kind(node));
    }
    return unwrapped(place, (ObjectNode) node);
  }

  private static Stream<Body> unwrapped(InputLines.Line place, ObjectNode object) {
    if (object.has("messages")) {
      return Stream.of(new Body(place, object));
    }
    if (object.path("body").isObject() && hasAny(object, "custom_id", "url", "method")) {
      requireChat(place, object.path("url").asText(""));
      return of(place, object.get("body"));
    }
    for (String wrapper : List.of("modelInput", "params", "input_payload")) {
      if (object.path(wrapper).isObject()) {
        return of(place, object.get(wrapper));
      }
    }
    if (object.path("requests").isArray()) {
      return each(place, "requests", object.get("requests"));
    }
    if (object.path("data").isArray() && hasAny(object.path("data").path(0), PAYLOADS)) {
      return sessions(place, object.get("data"));
    }
    return spoken(place, object);
  }

  private static Stream<Body> sessions(InputLines.Line place, JsonNode data) {
    List<Body> bodies = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      JsonNode session = data.get(i);
      String name = hasAny(session, PAYLOADS[1]) ? PAYLOADS[1] : PAYLOADS[0];
      String at = "data[" + i + "]." + name;
      JsonNode found = session.path(name);
      if (found.isObject()) {
        of(new InputLines.Line(place.place() + " " + at, ""), found).forEach(bodies::add);
      } else if (found.isArray() && !found.isEmpty()) {
        each(place, at, found).forEach(bodies::add);
      } else {
        throw place.wrong(
            at,
            "an array of at least one request",
            found.isArray() ? "empty" : JsonText.kind(found));
      }
    }
    return bodies.stream();
  }

  private static Stream<Body> each(InputLines.Line place, String name, JsonNode array) {
    List<Body> bodies = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      String at = place.place() + " " + name + "[" + i + "]";
      of(new InputLines.Line(at, ""), array.get(i)).forEach(bodies::add);
    }
    return bodies.stream();
  }

  private static void requireChat(InputLines.Line place, String url) {
    if (!url.isEmpty() && !url.matches(".*/chat/completions(\\?.*)?|.*/messages(\\?.*)?")) {
      throw place.wrong("url", "that of chat completions, such as /v1/chat/completions", url);
    }
  }

  private static Stream<Body> spoken(InputLines.Line place, ObjectNode object) {
    for (String name : CONVERSATIONS) {
      if (object.path(name).isArray()) {
        return Stream.of(new Body(place, conversation(place, name, object)));
      }
    }
    for (String name : PROMPTS) {
      JsonNode prompt = object.path(name);
      if (prompt.isArray() && isConversation(prompt)) {
        return Stream.of(new Body(place, bounded(place, renamed(object, name))));
      }
      if (prompt.isTextual()) {
        return Stream.of(new Body(place, bounded(place, ofPrompt(object, name))));
      }
    }
    throw refused(place, object);
  }

  private static ObjectNode ofPrompt(ObjectNode object, String name) {
    ObjectNode body = object.deepCopy();
    ArrayNode messages = body.putArray("messages");
    messages.addObject().put("role", "user").set("content", body.remove(name));
    return body;
  }

  /** The bound that data sets give under names of their own. */
  private static ObjectNode bounded(InputLines.Line place, ObjectNode body) {
    for (String name : OUTPUT_TOKENS) {
      JsonNode bound = body.path(name);
      if (bound.isTextual()) {
        throw place.wrong(name, "a number", "a text");
      }
      if (bound.isNumber() && !body.has("max_tokens")) {
        body.set("max_tokens", body.remove(name));
      }
    }
    return body;
  }

  private static ObjectNode renamed(ObjectNode object, String from) {
    ObjectNode body = object.deepCopy();
    body.set("messages", body.remove(from));
    return body;
  }

  /** Without the answers at its end, which are what is asked for. */
  private static ObjectNode conversation(InputLines.Line place, String name, ObjectNode object) {
    ObjectNode body = object.deepCopy();
    JsonNode turns = body.remove(name);
    if (turns.isEmpty()) {
      throw place.wrong(name, "at least one turn", "empty");
    }
    ArrayNode messages = body.putArray("messages");
    for (int i = 0; i < turns.size(); i++) {
      messages.add(turn(place, name + "[" + i + "]", turns.get(i)));
    }
    while (messages.size() > 1
        && messages.get(messages.size() - 1).path("role").asText().equals("assistant")) {
      messages.remove(messages.size() - 1);
    }
    return body;
  }

  private static JsonNode turn(InputLines.Line place, String name, JsonNode turn) {
    if (turn.path("role").isTextual() && turn.has("content")) {
      return turn;
    }
    String from = turn.path("from").asText("");
    String role =
        switch (from) {
          case "human", "user" -> "user";
          case "gpt", "chatgpt", "assistant", "model", "bing", "bard" -> "assistant";
          case "system" -> "system";
          default ->
              throw place.wrong(
                  name + ".from",
                  "human, user, gpt, chatgpt, assistant, model or system",
                  turn.has("from") && from.matches("[\\w-]{1,40}") ? from : JsonText.kind(turn));
        };
    if (!turn.path("value").isTextual()) {
      throw place.wrong(name + ".value", "a text", JsonText.kind(turn.path("value")));
    }
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    return message.put("role", role).set("content", turn.get("value"));
  }

  private static boolean hasAny(JsonNode object, String... names) {
    return Stream.of(names).anyMatch(object::has);
  }

  private static InputException refused(InputLines.Line place, JsonNode object) {
    return new InputException(
        place.place() + ": request must be " + ACCEPTED + ", was " + formatOf(object));
  }

  /** A format's name, and its fields. */
  static String formatOf(JsonNode object) {
    String fields = fieldsOf(object);
    for (Map.Entry<Set<String>, String> format : FORMATS) {
      if (format.getKey().stream().allMatch(object::has)) {
        return format.getValue() + " with the fields " + fields;
      }
    }
    for (JsonNode value : object) {
      if (value.has("input_cost_per_token")) {
        return "LiteLLM's table of prices, of models such as " + fields;
      }
    }
    return object.isEmpty() ? "an object without fields" : "an object with the fields " + fields;
  }

  private static final List<Map.Entry<Set<String>, String>> FORMATS =
      List.of(
          Map.entry(Set.of("text_prompt"), "a scenario of Bedrock (llm.scenarios.file)"),
          Map.entry(Set.of("input_length", "timestamp"), "a row of a trace (llm.replay.file)"),
          Map.entry(Set.of("input", "model"), "a body of the Responses API or of embeddings"),
          Map.entry(Set.of("input", "instructions"), "a body of the Responses API"),
          Map.entry(Set.of("input", "max_output_tokens"), "a body of the Responses API"),
          Map.entry(Set.of("response_text"), "a response of LLMeter without its payload"),
          Map.entry(Set.of("contents"), "a body of Gemini"),
          Map.entry(Set.of("inputs"), "a body of a Hugging Face server"),
          Map.entry(Set.of("inputText"), "a body of Titan"),
          Map.entry(Set.of("turns"), "turns of aiperf or MT-Bench"),
          Map.entry(Set.of("instruction"), "a line of Alpaca"),
          Map.entry(Set.of("chosen", "rejected"), "a pair of preferences"),
          Map.entry(Set.of("MetricDataResults"), "metrics of CloudWatch"),
          Map.entry(Set.of("Datapoints"), "metrics of CloudWatch"));

  private static String fieldsOf(JsonNode object) {
    List<String> names = new ArrayList<>();
    object
        .fieldNames()
        .forEachRemaining(
            name ->
                names.add(
                    name.length() > LONGEST_FIELD ? name.substring(0, LONGEST_FIELD) + "…" : name));
    boolean all = names.size() <= MOST_FIELDS;
    return String.join(", ", all ? names : names.subList(0, MOST_FIELDS)) + (all ? "" : ", …");
  }
}
