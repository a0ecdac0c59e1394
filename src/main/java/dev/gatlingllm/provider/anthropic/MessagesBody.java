package dev.gatlingllm.provider.anthropic;

import dev.gatlingllm.provider.Attachment;
import dev.gatlingllm.provider.Attachment.Kind;
import dev.gatlingllm.provider.AttachmentRules;
import dev.gatlingllm.provider.AttachmentRules.Some;
import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.MessageRules;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.provider.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The body of a request to Anthropic's Messages API.
 *
 * @param files which files may go with a message
 */
public record MessagesBody(AttachmentRules files) {

  /** The API in words. */
  public static final String API = "Anthropic's Messages";

  /** Of the API itself: images of 5 MB; a request of 32 MB, of which base64 leaves 24. */
  public static final MessagesBody DIRECT = of(100, 24 << 20, 100);

  /** From this version on the API refuses every sampling parameter. */
  private static final String WITHOUT_SAMPLING = "2026-10-21";

  private static final MessageRules WORDS =
      new MessageRules(
          API,
          Optional.of(Part.Api.ANTHROPIC),
          Set.of("cache_control", "citations", "context"),
          false);

  private static final Set<String> SAID = Set.of("messages", "model", "stream");
  private static final Map<Parameter, String> NAMES =
      Map.of(
          Parameter.MAX_TOKENS, "max_tokens",
          Parameter.TEMPERATURE, "temperature",
          Parameter.TOP_P, "top_p",
          Parameter.THINKING_BUDGET, "thinking");

  /**
   * The body where a service takes only so much.
   *
   * @param images most images in a message
   * @param documentBytes the largest document
   * @param documents most documents in a message
   */
  public static MessagesBody of(int images, int documentBytes, int documents) {
    return new MessagesBody(
        new AttachmentRules(
            API,
            Map.of(
                Kind.IMAGE, new Some(Set.of("png", "jpeg", "gif", "webp"), 5 << 20, images),
                Kind.DOCUMENT, new Some(Set.of("pdf", "txt", "md"), documentBytes, documents))));
  }

  /**
   * Every field but {@code model} and {@code stream}. A field of the request's extra body takes the
   * place of one of the same name.
   *
   * @param version the version of the API, a date
   * @throws IllegalArgumentException if no upper bound of the output is set, a parameter is set
   *     that the API does not have, or the extra body holds what the request itself says
   */
  public Map<String, Object> fields(LlmRequest request, String version) {
    if (request.maxTokens().isEmpty()) {
      throw new IllegalArgumentException("maxTokens must be set: " + API + " ask for it");
    }
    Parameters parameters = request.parameters();
    Map<String, Object> fields = new LinkedHashMap<>(parameters.fields(API, NAMES));
    if (version.compareTo(WITHOUT_SAMPLING) >= 0) {
      refuseSampling(parameters, version);
    }
    fields.computeIfPresent(
        "thinking", (name, budget) -> Map.of("type", "enabled", "budget_tokens", budget));
    if (!parameters.reasoningEffort().isEmpty()) {
      fields.put("output_config", Map.of("effort", parameters.reasoningEffort()));
    }
    if (!parameters.stop().isEmpty()) {
      fields.put("stop_sequences", parameters.stop());
    }
    putSystem(request, fields);
    fields.put(
        "messages",
        request.messages().stream().filter(message -> !isSystem(message)).map(this::turn).toList());
    for (String name : parameters.extraBody().keySet()) {
      if (SAID.contains(name)) {
        throw new IllegalArgumentException(
            "extraBody must not hold " + name + ", which the request itself says");
      }
    }
    parameters.addExtraTo(fields);
    return fields;
  }

  private static void refuseSampling(Parameters parameters, String version) {
    for (Parameter parameter : List.of(Parameter.TEMPERATURE, Parameter.TOP_P)) {
      if (parameters.numbers().containsKey(parameter)) {
        throw Parameters.missing(parameter.key(), API + " of version " + version);
      }
    }
  }

  /** A text, or blocks where one of them says more. */
  private void putSystem(LlmRequest request, Map<String, Object> fields) {
    List<Message> system = request.messages().stream().filter(MessagesBody::isSystem).toList();
    if (!system.stream().allMatch(Message::isOneText)
        || system.stream().anyMatch(message -> message.cachePoint() != CachePoint.NONE)) {
      fields.put("system", system.stream().flatMap(message -> content(message).stream()).toList());
    } else if (!system.isEmpty()) {
      fields.put("system", system.stream().map(Message::text).collect(Collectors.joining("\n\n")));
    }
  }

  private static boolean isSystem(Message message) {
    return message.role().instructs();
  }

  private Map<String, Object> turn(Message message) {
    return Map.of("role", message.role().word(), "content", content(message));
  }

  private List<Map<String, Object>> content(Message message) {
    WORDS.check(message);
    List<Map<String, Object>> content =
        files.blocks(
            message,
            text -> WORDS.with(Map.of("type", "text", "text", text.text()), text.fields()),
            (file, number) -> block(file),
            block -> new LinkedHashMap<>(block.fields()));
    if (message.cachePoint() != CachePoint.NONE) {
      content.get(content.size() - 1).put("cache_control", cacheControl(message.cachePoint()));
    }
    return content;
  }

  private static Map<String, Object> block(Part.File part) {
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("type", part.file().kind() == Kind.IMAGE ? "image" : "document");
    block.put("source", source(part.file()));
    if (!part.title().isEmpty()) {
      block.put("title", part.title());
    }
    return WORDS.with(block, part.fields());
  }

  private static Map<String, Object> cacheControl(CachePoint point) {
    return point.ttl().isEmpty()
        ? Map.of("type", "ephemeral")
        : Map.of("type", "ephemeral", "ttl", point.ttl());
  }

  private static Map<String, Object> source(Attachment attachment) {
    boolean text = attachment.format().equals("txt") || attachment.format().equals("md");
    return text
        ? Map.of("type", "text", "media_type", "text/plain", "data", attachment.text())
        : Map.of(
            "type", "base64", "media_type", attachment.mediaType(), "data", attachment.base64());
  }
}
