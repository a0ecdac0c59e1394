package dev.gatlingllm.provider.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The body of a chat-completions request. */
public final class ChatBody {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<String> MAX_TOKENS_FIELDS =
      Set.of("max_tokens", "max_completion_tokens");
  private static final Set<String> NOT_EXTRA = Set.of("messages", "model", "stream");

  private ChatBody() {}

  /**
   * Checks the name of the field that carries the upper bound of the output.
   *
   * @param key the setting the name came from
   * @throws IllegalArgumentException unless it is {@code max_tokens} or {@code
   *     max_completion_tokens}
   */
  public static String checkMaxTokensField(String key, String name) {
    if (!MAX_TOKENS_FIELDS.contains(name)) {
      throw new IllegalArgumentException(
          key + " must be max_tokens or max_completion_tokens, was " + name);
    }
    return name;
  }

  /**
   * The whole body as JSON, without {@code model}, which Azure has in the path.
   *
   * @param maxTokensField the field that carries the upper bound of the output
   * @throws IllegalArgumentException as {@link #options} does, or if the extra body holds a value
   *     that is not JSON-like
   */
  public static byte[] json(LlmRequest request, String maxTokensField) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("messages", messages(request));
    if (request.streaming()) {
      fields.put("stream", true);
    }
    fields.putAll(options(request, maxTokensField));
    try {
      return MAPPER.writeValueAsBytes(fields);
    } catch (JsonProcessingException e) {
      // Without the cause: its message may quote the prompt.
      throw new IllegalArgumentException(
          "extraBody must hold JSON-like values, got " + e.getClass().getSimpleName());
    }
  }

  /**
   * The messages, in the order of the request.
   *
   * @throws IllegalArgumentException if chat completions do not take what goes with one
   */
  public static List<Map<String, Object>> messages(LlmRequest request) {
    return request.messages().stream().map(ChatParts.CHAT::message).toList();
  }

  /**
   * Every field but {@code messages}, {@code model} and {@code stream}. A field of the request's
   * extra body takes the place of one of the same name; a streamed request asks for usage.
   *
   * @param maxTokensField the field that carries the upper bound of the output
   * @throws IllegalArgumentException if a parameter is set that chat completions do not have, or if
   *     the extra body holds one of the three that are left out
   */
  public static Map<String, Object> options(LlmRequest request, String maxTokensField) {
    Parameters parameters = request.parameters();
    Map<String, Object> fields = parameters.fields("chat completions", names(maxTokensField));
    if (!parameters.reasoningEffort().isEmpty()) {
      fields.put("reasoning_effort", parameters.reasoningEffort());
    }
    if (!parameters.stop().isEmpty()) {
      fields.put("stop", parameters.stop());
    }
    if (request.streaming()) {
      fields.put("stream_options", Map.of("include_usage", true));
    }
    putExtra(parameters, NOT_EXTRA, fields);
    if (!request.streaming()) {
      fields.remove("stream_options");
    }
    return fields;
  }

  private static Map<Parameter, String> names(String maxTokensField) {
    return Map.of(
        Parameter.MAX_TOKENS, maxTokensField,
        Parameter.TEMPERATURE, "temperature",
        Parameter.TOP_P, "top_p",
        Parameter.PRESENCE_PENALTY, "presence_penalty",
        Parameter.FREQUENCY_PENALTY, "frequency_penalty",
        Parameter.CHOICES, "n",
        Parameter.SEED, "seed");
  }

  static void putExtra(Parameters parameters, Set<String> said, Map<String, Object> fields) {
    for (String name : parameters.extraBody().keySet()) {
      if (said.contains(name)) {
        throw new IllegalArgumentException(
            "extraBody must not hold " + name + ", which the request itself says");
      }
    }
    parameters.addExtraTo(fields);
  }
}
