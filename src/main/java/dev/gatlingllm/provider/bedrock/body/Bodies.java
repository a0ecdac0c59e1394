package dev.gatlingllm.provider.bedrock.body;

import dev.gatlingllm.provider.AttachmentRules;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameters;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the writers of several formats need. */
final class Bodies {

  private Bodies() {}

  /** The system prompts, joined by an empty line; empty if there is none. */
  static String system(LlmRequest request) {
    return request.messages().stream()
        .filter(message -> message.role() == Message.Role.SYSTEM)
        .map(Message::text)
        .collect(Collectors.joining("\n\n"));
  }

  /** Everything but the system prompts. */
  static List<Message> turns(LlmRequest request) {
    return request.messages().stream()
        .filter(message -> message.role() != Message.Role.SYSTEM)
        .toList();
  }

  /** The turns, each with its role and its content. */
  static List<Map<String, Object>> turns(
      LlmRequest request, Function<Message, List<Map<String, Object>>> content) {
    return turns(request).stream()
        .map(
            turn ->
                Map.of(
                    "role", turn.role().name().toLowerCase(Locale.ROOT),
                    "content", content.apply(turn)))
        .toList();
  }

  static void refuseEffort(Parameters parameters, String api) {
    if (!parameters.reasoningEffort().isEmpty()) {
      throw Parameters.missing("reasoningEffort", api);
    }
  }

  /** Refuses everything but text. */
  static void refuseAttachments(LlmRequest request, String api) {
    request.messages().forEach(AttachmentRules.none(api)::check);
  }

  static void refuseStop(Parameters parameters, String api) {
    if (!parameters.stop().isEmpty()) {
      throw Parameters.missing("stop", api);
    }
  }
}
