package dev.gatlingllm.provider.chat;

import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The body of a request to OpenAI's Responses API. */
public final class ResponsesBody {

  private static final String API = "the Responses API";
  private static final Set<String> NOT_EXTRA = Set.of("input", "model", "stream");
  private static final Map<Parameter, String> NAMES =
      Map.of(
          Parameter.MAX_TOKENS, "max_output_tokens",
          Parameter.TEMPERATURE, "temperature",
          Parameter.TOP_P, "top_p");

  private ResponsesBody() {}

  /**
   * Every field but {@code model} and {@code stream}. A field of the request's extra body takes the
   * place of one of the same name.
   *
   * @throws IllegalArgumentException if a parameter is set that the API does not have, or the extra
   *     body holds what the request itself says
   */
  public static Map<String, Object> fields(LlmRequest request) {
    Parameters parameters = request.parameters();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("input", request.messages().stream().map(ChatParts.RESPONSES::message).toList());
    fields.putAll(parameters.fields(API, NAMES));
    if (!parameters.reasoningEffort().isEmpty()) {
      fields.put("reasoning", Map.of("effort", parameters.reasoningEffort()));
    }
    if (!parameters.stop().isEmpty()) {
      throw Parameters.missing("stop", API);
    }
    ChatBody.putExtra(parameters, NOT_EXTRA, fields);
    return fields;
  }
}
