package dev.gatlingllm.provider.bedrock.body;

import dev.gatlingllm.provider.AttachmentRules;
import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.MessageRules;
import dev.gatlingllm.provider.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the writers of several formats need. */
final class Bodies {

  private Bodies() {}

  /** The system prompts, joined by an empty line; empty if there is none. */
  static String system(LlmRequest request) {
    return request.messages().stream()
        .filter(message -> message.role().instructs())
        .map(Message::text)
        .collect(Collectors.joining("\n\n"));
  }

  /** Everything but the system prompts. */
  static List<Message> turns(LlmRequest request) {
    return request.messages().stream().filter(message -> !message.role().instructs()).toList();
  }

  /** The turns, each with its role and its content. */
  static List<Map<String, Object>> turns(
      LlmRequest request, Function<Message, List<Map<String, Object>>> content) {
    return turns(request).stream()
        .map(
            turn ->
                Map.of(
                    "role", turn.role().word(),
                    "content", content.apply(turn)))
        .toList();
  }

  /** The further fields; one whose value is null says nothing here. */
  static void putExtra(Parameters parameters, Map<String, Object> body) {
    parameters.addExtraTo(body);
    body.values().removeIf(Objects::isNull);
  }

  static void refuseEffort(Parameters parameters, String api) {
    if (!parameters.reasoningEffort().isEmpty()) {
      throw Parameters.missing("reasoningEffort", api);
    }
  }

  /** Refuses everything but text. */
  static void refuseAttachments(LlmRequest request, String api) {
    request.messages().forEach(MessageRules.none(api)::check);
    request.messages().forEach(AttachmentRules.none(api)::check);
  }

  /**
   * The system prompts as blocks.
   *
   * @param content makes the blocks of a message
   */
  static List<Map<String, Object>> systemBlocks(
      LlmRequest request, Function<Message, List<Map<String, Object>>> content) {
    return request.messages().stream()
        .filter(message -> message.role().instructs())
        .flatMap(message -> content.apply(message).stream())
        .toList();
  }

  /** Whether every system prompt is one text and no more. */
  static boolean plainSystem(LlmRequest request) {
    return request.messages().stream()
        .filter(message -> message.role().instructs())
        .allMatch(message -> message.isOneText() && message.cachePoint() == CachePoint.NONE);
  }

  static void refuseStop(Parameters parameters, String api) {
    if (!parameters.stop().isEmpty()) {
      throw Parameters.missing("stop", api);
    }
  }
}
