package dev.gatlingllm.provider.http;

import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.TokenUsage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one JSON object of the chat-completions format says: a chunk of a stream, a whole answer or
 * an error. Filled by {@link ChatJson}, then only read.
 */
final class ChatChunk {

  private final Map<OutputKind, String> output = new EnumMap<>(OutputKind.class);
  private final List<String> finishReasons = new ArrayList<>(0);
  private TokenUsage usage;
  private ServiceError error;
  private boolean choices;

  /** Adds text; pieces of one kind, from several choices or tool calls, become one. */
  void addOutput(OutputKind kind, String text) {
    if (!text.isEmpty()) {
      output.merge(kind, text, String::concat);
    }
  }

  void addFinishReason(String reason) {
    finishReasons.add(reason);
  }

  void sawChoices() {
    choices = true;
  }

  void setUsage(TokenUsage usage) {
    this.usage = usage;
  }

  void setError(ServiceError error) {
    this.error = error;
  }

  /** All text of a kind; empty if the object holds none. */
  String output(OutputKind kind) {
    return output.getOrDefault(kind, "");
  }

  List<String> finishReasons() {
    return finishReasons;
  }

  boolean hasChoices() {
    return choices;
  }

  Optional<TokenUsage> usage() {
    return Optional.ofNullable(usage);
  }

  Optional<ServiceError> error() {
    return Optional.ofNullable(error);
  }
}
