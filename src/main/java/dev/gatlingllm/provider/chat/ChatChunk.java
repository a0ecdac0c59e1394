package dev.gatlingllm.provider.chat;

import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.provider.transport.ServiceError;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What one JSON object of the chat-completions format says: a chunk of a stream, a whole answer or
 * an error. Filled by {@link ChatJson}, then only read.
 */
final class ChatChunk {

  private static final Set<String> NO_REASONS =
      Set.of("null", "none", "not_finished", "finish_reason_unspecified", "reason_invalid");

  private String content = "";
  private String reasoning = "";
  private String summary = "";
  private String toolArgument = "";
  private String transcript = "";
  private String model = "";
  private String tier = "";
  private Set<OutputKind> withoutText = Set.of();
  private List<String> finishReasons = List.of();
  private TokenUsage usage;
  private ServiceError error;
  private boolean choices;
  private boolean message;
  private boolean other;

  /** Makes the object one that says nothing. */
  void clear() {
    content = "";
    reasoning = "";
    summary = "";
    toolArgument = "";
    transcript = "";
    model = "";
    tier = "";
    withoutText = Set.of();
    finishReasons = List.of();
    usage = null;
    error = null;
    choices = false;
    message = false;
    other = false;
  }

  /** Adds text; pieces of one kind, from several choices or tool calls, become one. */
  void addOutput(OutputKind kind, String text) {
    switch (kind) {
      case CONTENT -> content = content.concat(text);
      case REASONING -> reasoning = reasoning.concat(text);
      case REASONING_SUMMARY -> summary = summary.concat(text);
      case TOOL_CALL -> toolArgument = toolArgument.concat(text);
      case MEDIA -> transcript = transcript.concat(text);
    }
  }

  /** The object holds output of this kind, which may be no text. */
  void addOutputWithoutText(OutputKind kind) {
    if (withoutText.isEmpty()) {
      withoutText = EnumSet.of(kind);
    } else {
      withoutText.add(kind);
    }
  }

  /** Adds the output of a kind that another object holds. */
  void addOutput(OutputKind kind, ChatChunk other) {
    addOutput(kind, other.output(kind));
    if (other.withoutText.contains(kind)) {
      addOutputWithoutText(kind);
    }
  }

  /** Adds a reason to stop, unless it is a word for none: Ollama's empty one, KoboldCpp's null. */
  void addFinishReason(String reason) {
    if (reason.isBlank() || NO_REASONS.contains(reason.toLowerCase(Locale.ROOT))) {
      return;
    }
    if (finishReasons.isEmpty()) {
      finishReasons = new ArrayList<>(1);
    }
    finishReasons.add(reason);
  }

  void setModel(String model) {
    this.model = model;
  }

  void setTier(String tier) {
    this.tier = tier;
  }

  void sawChoices() {
    choices = true;
  }

  /** The output is that of a whole message, and no piece. */
  void sawMessage() {
    message = true;
  }

  /** The object is one of the format, or an error. */
  boolean isKnown() {
    return choices || other || usage != null || error != null;
  }

  /** The object says of itself that it is one of the format. */
  void sawFormat() {
    other = true;
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
      case REASONING_SUMMARY -> summary;
      case TOOL_CALL -> toolArgument;
      case MEDIA -> transcript;
    };
  }

  /** Whether the object holds output of this kind, with text or without. */
  boolean holds(OutputKind kind) {
    return !output(kind).isEmpty() || withoutText.contains(kind);
  }

  /** Whether the object holds output that may be no text. */
  boolean mayHoldOutputWithoutText() {
    return !withoutText.isEmpty();
  }

  /** The model that answers; empty if the object does not say. */
  String model() {
    return model;
  }

  /** The service tier; empty if the object does not say. */
  String tier() {
    return tier;
  }

  List<String> finishReasons() {
    return finishReasons;
  }

  boolean hasChoices() {
    return choices;
  }

  boolean hasMessage() {
    return message;
  }

  Optional<TokenUsage> usage() {
    return Optional.ofNullable(usage);
  }

  Optional<ServiceError> error() {
    return Optional.ofNullable(error);
  }
}
