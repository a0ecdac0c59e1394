package dev.gatlingllm.provider.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

  /** The messages, in the order of the request. */
  public static List<Map<String, String>> messages(LlmRequest request) {
    return request.messages().stream().map(ChatBody::message).toList();
  }

  /**
   * Every field but {@code messages}, {@code model} and {@code stream}. A field of the request's
   * extra body takes the place of one of the same name; a streamed request asks for usage.
   *
   * @param maxTokensField the field that carries the upper bound of the output
   * @throws IllegalArgumentException if the extra body holds one of the three that are left out
   */
  public static Map<String, Object> options(LlmRequest request, String maxTokensField) {
    Map<String, Object> fields = new LinkedHashMap<>();
    request.maxTokens().ifPresent(max -> fields.put(maxTokensField, max));
    request.temperature().ifPresent(temperature -> fields.put("temperature", temperature));
    request.topP().ifPresent(topP -> fields.put("top_p", topP));
    if (!request.stop().isEmpty()) {
      fields.put("stop", request.stop());
    }
    request.seed().ifPresent(seed -> fields.put("seed", seed));
    if (request.streaming()) {
      fields.put("stream_options", Map.of("include_usage", true));
    }
    request.extraBody().forEach((name, value) -> putExtra(fields, name, value));
    return fields;
  }

  private static void putExtra(Map<String, Object> fields, String name, Object value) {
    if (NOT_EXTRA.contains(name)) {
      throw new IllegalArgumentException(
          "extraBody must not hold " + name + ", which the request itself says");
    }
    fields.put(name, value);
  }

  private static Map<String, String> message(Message message) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("role", message.role().name().toLowerCase(Locale.ROOT));
    fields.put("content", message.text());
    return fields;
  }
}
