package dev.gatlingllm.provider;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What to ask a model. What is empty or absent is not sent, so that the service's own default
 * holds.
 *
 * @param model deployment, model id or inference profile; empty for the client's own default
 * @param region the region to send to, where the provider has one client for several; empty for the
 *     client's own default
 * @param latencyMode Bedrock's {@code performanceConfig.latency}, {@code standard} or {@code
 *     optimized}; empty to leave it out
 * @param messages the conversation, at least one message
 * @param maxTokens upper bound of the output
 * @param temperature sampling temperature
 * @param topP nucleus sampling
 * @param stop stop sequences
 * @param seed sampling seed, where the provider has one
 * @param extraBody further fields of the request's body, merged at its top level ({@code
 *     additionalModelRequestFields} on Bedrock); values are JSON-like: String, Number, Boolean,
 *     List, Map
 * @param streaming whether the answer is to be streamed
 */
public record LlmRequest(
    String model,
    String region,
    String latencyMode,
    List<Message> messages,
    OptionalInt maxTokens,
    OptionalDouble temperature,
    OptionalDouble topP,
    List<String> stop,
    OptionalLong seed,
    Map<String, Object> extraBody,
    boolean streaming) {

  /** Copies the collections; rejects a request without messages. */
  public LlmRequest {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(latencyMode, "latencyMode");
    messages = List.copyOf(messages);
    stop = List.copyOf(stop);
    extraBody = Map.copyOf(extraBody);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("messages must hold at least one message, was empty");
    }
  }

  /** A streaming request of one user message. */
  public static LlmRequest ofPrompt(String prompt) {
    return ofMessages(List.of(Message.user(prompt)));
  }

  /** A streaming request of a conversation. */
  public static LlmRequest ofMessages(List<Message> messages) {
    return new LlmRequest(
        "",
        "",
        "",
        messages,
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        List.of(),
        OptionalLong.empty(),
        Map.of(),
        true);
  }

  /** This request with another upper bound of the output. */
  public LlmRequest withMaxTokens(int newMaxTokens) {
    return new LlmRequest(
        model,
        region,
        latencyMode,
        messages,
        OptionalInt.of(newMaxTokens),
        temperature,
        topP,
        stop,
        seed,
        extraBody,
        streaming);
  }

  /** This request, streamed or not. */
  public LlmRequest withStreaming(boolean newStreaming) {
    return new LlmRequest(
        model,
        region,
        latencyMode,
        messages,
        maxTokens,
        temperature,
        topP,
        stop,
        seed,
        extraBody,
        newStreaming);
  }
}
