package dev.gatlingllm.simulator;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the address of a request says.
 *
 * @param api the service it is meant for
 * @param model deployment or model id, decoded; empty if the address has none; the media type that
 *     is wanted of the orchestrator
 * @param streaming whether the address asks for a stream; always false where the body says so
 */
record Route(Api api, String model, boolean streaming) {

  private static final Pattern AZURE =
      Pattern.compile("/openai/deployments/([^/]+)/chat/completions");
  private static final Pattern OPENAI = Pattern.compile("((/openai)?/v1)?/chat/completions");
  static final String PLAIN_TEXT = "text/plain";
  private static final String EVENTS = "text/event-stream";
  private static final String ORCHESTRATOR = "/api/orc";
  private static final Pattern BEDROCK = Pattern.compile("/model/([^/]+)/converse(-stream)?");

  /** The route of a request target; empty if there is none. Azure's needs an api-version. */
  static Optional<Route> of(String uri) {
    QueryStringDecoder target = new QueryStringDecoder(uri);
    Matcher azure = AZURE.matcher(target.rawPath());
    if (azure.matches()) {
      return target.parameters().containsKey("api-version")
          ? Optional.of(new Route(Api.AZURE_OPENAI, decoded(azure.group(1)), false))
          : Optional.empty();
    }
    if (OPENAI.matcher(target.rawPath()).matches()) {
      return Optional.of(new Route(Api.OPENAI, "", false));
    }
    if (target.rawPath().equals(ORCHESTRATOR)) {
      return Optional.of(new Route(Api.ORCHESTRATOR, "", false));
    }
    Matcher bedrock = BEDROCK.matcher(target.rawPath());
    return bedrock.matches()
        ? Optional.of(new Route(Api.BEDROCK, decoded(bedrock.group(1)), bedrock.group(2) != null))
        : Optional.empty();
  }

  /** The same route for a request with this {@code Accept} header: the orchestrator heeds it. */
  Route accepting(String mediaType) {
    boolean streamed = mediaType.equals(EVENTS) || mediaType.equals(PLAIN_TEXT);
    return api == Api.ORCHESTRATOR ? new Route(api, mediaType, streamed) : this;
  }

  private static String decoded(String component) {
    return QueryStringDecoder.decodeComponent(component.replace("+", "%2B"));
  }
}
