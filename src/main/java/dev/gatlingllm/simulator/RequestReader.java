package dev.gatlingllm.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.simulator.PromptTokens.Turn;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;

/** Reads the bodies of requests and counts their tokens. Safe for use by many threads. */
final class RequestReader {

  private static final int MOST_CHOICES = 128;

  private final ObjectMapper json = new ObjectMapper();
  private final PromptTokens tokens = new PromptTokens();
  private final CacheSettings cache;

  RequestReader(CacheSettings cache) {
    this.cache = cache;
  }

  CallRequest read(Route route, InputStream body) throws InvalidRequestException {
    JsonNode root = parse(body);
    return switch (route.operation()) {
      case CHAT -> chatCompletion(route, root);
      case RESPONSES -> response(root);
      case CONVERSE -> converse(route, root);
      case INVOKE -> invocation(route, root);
      case QUESTION -> question(route, root);
    };
  }

  private CallRequest question(Route route, JsonNode root) throws InvalidRequestException {
    JsonNode text = root.path("question");
    if (!text.isTextual() || text.asText().isBlank()) {
      throw new InvalidRequestException("question must be a text");
    }
    return new CallRequest(
        Dialect.QUESTION,
        "orchestrator",
        route.streaming() || root.path("stream").asBoolean(false),
        false,
        OptionalInt.empty(),
        1,
        tokens.count(List.of(new Turn("user", List.of(text.asText())))),
        Question.read(root, route.model().equals(Route.PLAIN_TEXT)),
        List.of());
  }

  private CallRequest chatCompletion(Route route, JsonNode root) throws InvalidRequestException {
    String limit = root.has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
    String model = route.model().isEmpty() ? root.path("model").asText("unnamed") : route.model();
    return new CallRequest(
        Dialect.CHAT,
        model,
        root.path("stream").asBoolean(false),
        root.path("stream_options").path("include_usage").asBoolean(false),
        maxTokens(limit, root.path(limit)),
        number("n", root.path("n"), MOST_CHOICES).orElse(1),
        tokens.count(PromptTurns.messages("messages", root.path("messages"))),
        CachePrefixes.of(cache, true, model, root));
  }

  private CallRequest response(JsonNode root) throws InvalidRequestException {
    List<Turn> turns = PromptTurns.input(root.path("input"));
    if (root.path("instructions").isTextual()) {
      turns.add(new Turn("system", List.of(root.path("instructions").asText())));
    }
    String model = root.path("model").asText("unnamed");
    return new CallRequest(
        Dialect.RESPONSES,
        model,
        root.path("stream").asBoolean(false),
        true,
        maxTokens("max_output_tokens", root.path("max_output_tokens")),
        1,
        tokens.count(turns),
        CachePrefixes.of(cache, true, model, root));
  }

  private CallRequest converse(Route route, JsonNode root) throws InvalidRequestException {
    return new CallRequest(
        Dialect.CONVERSE,
        route.model(),
        route.streaming(),
        true,
        maxTokens("inferenceConfig.maxTokens", root.path("inferenceConfig").path("maxTokens")),
        1,
        tokens.count(PromptTurns.withSystem(root)),
        CachePrefixes.of(cache, false, route.model(), root));
  }

  private CallRequest invocation(Route route, JsonNode root) throws InvalidRequestException {
    InvokedBody body = InvokedBody.of(root);
    return new CallRequest(
        body.dialect(),
        route.model(),
        route.streaming(),
        true,
        maxTokens(body.maxTokensName(), root.at(body.maxTokensPointer())),
        1,
        tokens.count(body.turns(root)),
        CachePrefixes.of(cache, false, route.model(), root));
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

  private static OptionalInt maxTokens(String name, JsonNode value) throws InvalidRequestException {
    return number(name, value, AnswerSettings.MAX_OUTPUT_TOKENS);
  }

  private static OptionalInt number(String name, JsonNode value, int most)
      throws InvalidRequestException {
    if (value.isMissingNode() || value.isNull()) {
      return OptionalInt.empty();
    }
    if (!value.canConvertToInt()
        || !value.canConvertToExactIntegral()
        || value.asInt() < 1
        || value.asInt() > most) {
      throw new InvalidRequestException(name + " must be a whole number between 1 and " + most);
    }
    return OptionalInt.of(value.asInt());
  }
}
