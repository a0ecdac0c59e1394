package dev.gatlingllm.simulator;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the address of a request says.
 *
 * @param api the service it is meant for
 * @param operation what it asks for
 * @param model deployment or model id, decoded; empty if the address has none; the media type that
 *     is wanted of the orchestrator
 * @param streaming whether the address asks for a stream; always false where the body says so
 */
record Route(Api api, Operation operation, String model, boolean streaming) {

  private static final Pattern AZURE =
      Pattern.compile("/openai/(?:deployments/([^/]+)/chat/completions|responses)");
  private static final Pattern OPENAI =
      Pattern.compile("(?:(?:/openai)?/v1)?/(chat/completions|responses)");
  private static final Pattern BEDROCK =
      Pattern.compile(
          "/model/([^/]+)/(converse|converse-stream|invoke|invoke-with-response-stream)");
  static final String PLAIN_TEXT = "text/plain";
  private static final String EVENTS = "text/event-stream";
  private static final String ORCHESTRATOR = "/api/orc";

  private static final Pattern MODELS = Pattern.compile("(?:(?:/openai)?/v1)?/models");

  /** The route of a request target; empty if there is none. Azure's needs an api-version. */
  static Optional<Route> of(String uri) {
    QueryStringDecoder target = new QueryStringDecoder(uri);
    Matcher azure = AZURE.matcher(target.rawPath());
    if (azure.matches()) {
      return target.parameters().containsKey("api-version")
          ? Optional.of(azure(azure.group(1)))
          : Optional.empty();
    }
    Matcher openAi = OPENAI.matcher(target.rawPath());
    if (openAi.matches()) {
      boolean chat = openAi.group(1).startsWith("chat");
      Operation operation = chat ? Operation.CHAT : Operation.RESPONSES;
      return Optional.of(new Route(Api.OPENAI, operation, "", false));
    }
    if (target.rawPath().equals(ORCHESTRATOR)) {
      return Optional.of(new Route(Api.ORCHESTRATOR, Operation.QUESTION, "", false));
    }
    Matcher bedrock = BEDROCK.matcher(target.rawPath());
    return bedrock.matches()
        ? Optional.of(bedrock(decoded(bedrock.group(1)), bedrock.group(2)))
        : Optional.empty();
  }

  /** The same route for a request with this {@code Accept} header: the orchestrator heeds it. */
  Route accepting(String mediaType) {
    boolean streamed = mediaType.equals(EVENTS) || mediaType.equals(PLAIN_TEXT);
    return api == Api.ORCHESTRATOR ? new Route(api, operation, mediaType, streamed) : this;
  }

  /** Whether a request target asks which models there are. */
  static boolean listsModels(String uri) {
    return MODELS.matcher(new QueryStringDecoder(uri).rawPath()).matches();
  }

  private static Route azure(String deployment) {
    return deployment == null
        ? new Route(Api.AZURE_OPENAI, Operation.RESPONSES, "", false)
        : new Route(Api.AZURE_OPENAI, Operation.CHAT, decoded(deployment), false);
  }

  private static Route bedrock(String model, String action) {
    Operation operation = action.startsWith("converse") ? Operation.CONVERSE : Operation.INVOKE;
    return new Route(Api.BEDROCK, operation, model, action.endsWith("-stream"));
  }

  private static String decoded(String component) {
    return QueryStringDecoder.decodeComponent(component.replace("+", "%2B"));
  }
}
