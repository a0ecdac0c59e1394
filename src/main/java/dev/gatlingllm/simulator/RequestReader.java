package dev.gatlingllm.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.simulator.PromptTokens.Turn;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Reads the bodies of requests and counts their tokens. Safe for use by many threads. */
final class RequestReader {

  private final ObjectMapper json = new ObjectMapper();
  private final PromptTokens tokens = new PromptTokens();

  CallRequest read(Route route, InputStream body) throws InvalidRequestException {
    JsonNode root = parse(body);
    return switch (route.api()) {
      case BEDROCK -> converse(route, root);
      case ORCHESTRATOR -> question(route, root);
      case AZURE_OPENAI, OPENAI -> chatCompletion(route, root);
    };
  }

  private CallRequest question(Route route, JsonNode root) throws InvalidRequestException {
    JsonNode text = root.path("question");
    if (!text.isTextual() || text.asText().isBlank()) {
      throw new InvalidRequestException("question must be a text");
    }
    return new CallRequest(
        "orchestrator",
        route.streaming() || root.path("stream").asBoolean(false),
        false,
        OptionalInt.empty(),
        tokens.count(List.of(new Turn("user", List.of(text.asText())))),
        Question.read(root, route.model().equals(Route.PLAIN_TEXT)));
  }

  private CallRequest chatCompletion(Route route, JsonNode root) throws InvalidRequestException {
    String limit = root.has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
    return new CallRequest(
        route.model().isEmpty() ? root.path("model").asText("unnamed") : route.model(),
        root.path("stream").asBoolean(false),
        root.path("stream_options").path("include_usage").asBoolean(false),
        maxTokens(limit, root.path(limit)),
        tokens.count(turns(root.path("messages"))));
  }

  private CallRequest converse(Route route, JsonNode root) throws InvalidRequestException {
    List<Turn> turns = new ArrayList<>();
    if (!root.path("system").isEmpty()) {
      turns.add(new Turn("system", texts("system", root.path("system"))));
    }
    turns.addAll(turns(root.path("messages")));
    return new CallRequest(
        route.model(),
        route.streaming(),
        true,
        maxTokens("inferenceConfig.maxTokens", root.path("inferenceConfig").path("maxTokens")),
        tokens.count(turns));
  }

  private JsonNode parse(InputStream body) throws InvalidRequestException {
    try {
      JsonNode root = json.readTree(body);
      if (root == null || !root.isObject()) {
        throw new InvalidRequestException("the body must be a JSON object");
      }
      return root;
    } catch (JsonProcessingException notJson) {
      throw new InvalidRequestException(
          "the body is not valid JSON at line "
              + notJson.getLocation().getLineNr()
              + ", column "
              + notJson.getLocation().getColumnNr());
    } catch (IOException unreadable) {
      throw new InvalidRequestException("the body cannot be read");
    }
  }

  private static List<Turn> turns(JsonNode messages) throws InvalidRequestException {
    if (!messages.isArray() || messages.isEmpty()) {
      throw new InvalidRequestException("messages must be an array of at least one message");
    }
    List<Turn> turns = new ArrayList<>();
    for (JsonNode message : messages) {
      if (!message.path("role").isTextual()) {
        throw new InvalidRequestException("messages[" + turns.size() + "].role must be a string");
      }
      String name = "messages[" + turns.size() + "].content";
      turns.add(new Turn(message.path("role").asText(), texts(name, message.path("content"))));
    }
    return turns;
  }

  /** Text stands alone or in an array of blocks; blocks of other sorts count nothing. */
  private static List<String> texts(String name, JsonNode content) throws InvalidRequestException {
    if (content.isTextual()) {
      return List.of(content.asText());
    }
    if (content.isNull() || content.isMissingNode()) {
      return List.of();
    }
    if (!content.isArray()) {
      throw new InvalidRequestException(name + " must be a string or an array");
    }
    List<String> texts = new ArrayList<>();
    content.forEach(block -> texts.add(block.path("text").asText("")));
    return texts;
  }

  private static OptionalInt maxTokens(String name, JsonNode value) throws InvalidRequestException {
    if (value.isMissingNode() || value.isNull()) {
      return OptionalInt.empty();
    }
    int most = AnswerSettings.MAX_OUTPUT_TOKENS;
    if (!value.canConvertToInt()
        || !value.canConvertToExactIntegral()
        || value.asInt() < 1
        || value.asInt() > most) {
      throw new InvalidRequestException(name + " must be a whole number between 1 and " + most);
    }
    return OptionalInt.of(value.asInt());
  }
}
