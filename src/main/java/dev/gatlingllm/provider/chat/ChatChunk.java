package dev.gatlingllm.provider.chat;

import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.provider.transport.ServiceError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one JSON object of the chat-completions format says: a chunk of a stream, a whole answer or
 * an error. Filled by {@link ChatJson}, then only read.
 */
final class ChatChunk {

  private String content = "";
  private String reasoning = "";
  private String toolArgument = "";
  private List<String> finishReasons = List.of();
  private TokenUsage usage;
  private ServiceError error;
  private boolean choices;

  /** Adds text; pieces of one kind, from several choices or tool calls, become one. */
  void addOutput(OutputKind kind, String text) {
    switch (kind) {
      case CONTENT -> content = content.concat(text);
      case REASONING -> reasoning = reasoning.concat(text);
      case TOOL_CALL -> toolArgument = toolArgument.concat(text);
      case MEDIA -> {}
    }
  }

  void addFinishReason(String reason) {
    if (finishReasons.isEmpty()) {
      finishReasons = new ArrayList<>(1);
    }
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
    return switch (kind) {
      case CONTENT -> content;
      case REASONING -> reasoning;
      case TOOL_CALL -> toolArgument;
      case MEDIA -> "";
    };
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
