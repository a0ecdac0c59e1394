package dev.gatlingllm.simulator.wire;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The APIs that the simulator speaks, and what it says apart from them. */
public final class WireApis {

  private static final List<WireApi> ALL =
      List.of(
          new ChatCompletionsApi(),
          new ResponsesApi(),
          new MessagesApi(),
          new ConverseApi(),
          new InvokeModelApi(),
          new OrchestratorApi(false));

  private static final Pattern MODELS_PATH = Pattern.compile("(?:(?:/openai)?/v1)?/models");

  /** The list of the models, in JSON. */
  public static final String MODELS =
      "{\"object\":\"list\",\"data\":[{\"id\":\"simulated\",\"object\":\"model\","
          + "\"created\":1700000000,\"owned_by\":\"gatling-llm\"}]}";

  /** What is answered with status 404 to a request to no API, in JSON. */
  public static final String NOT_FOUND =
      new OpenAi()
          .errorJson(
              ErrorKind.NOT_FOUND,
              "Resource not found: POST a chat completion, a response, a message, a converse or an"
                  + " invoke request or a question to /api/orc; Azure's address needs an api-version.");

  private WireApis() {}

  /**
   * The address that a request target has; empty if no API knows it.
   *
   * @param accept the {@code Accept} header, or nothing
   */
  public static Optional<Address> address(String target, String accept) {
    QueryStringDecoder decoder = new QueryStringDecoder(target);
    return ALL.stream().flatMap(api -> api.address(decoder, accept).stream()).findFirst();
  }

  /** Whether a request target asks which models there are. */
  public static boolean listsModels(String target) {
    return MODELS_PATH.matcher(new QueryStringDecoder(target).rawPath()).matches();
  }
}
