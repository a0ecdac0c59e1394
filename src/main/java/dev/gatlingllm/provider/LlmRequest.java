package dev.gatlingllm.provider;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

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
 * @param parameters what else is asked for
 * @param streaming whether the answer is to be streamed
 * @param headers what goes with the request beside the headers of the API and of the settings
 */
public record LlmRequest(
    String model,
    String region,
    String latencyMode,
    List<Message> messages,
    Parameters parameters,
    boolean streaming,
    OwnHeaders headers) {

  /** Copies the messages; rejects a request without any. */
  public LlmRequest {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(latencyMode, "latencyMode");
    Objects.requireNonNull(parameters, "parameters");
    Objects.requireNonNull(headers, "headers");
    messages = List.copyOf(messages);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("messages must hold at least one message, was empty");
    }
  }

  /** A request without headers of its own. */
  public LlmRequest(
      String model,
      String region,
      String latencyMode,
      List<Message> messages,
      Parameters parameters,
      boolean streaming) {
    this(model, region, latencyMode, messages, parameters, streaming, OwnHeaders.NONE);
  }

  /** A streaming request of one user message. */
  public static LlmRequest ofPrompt(String prompt) {
    return ofMessages(List.of(Message.user(prompt)));
  }

  /** A streaming request of a conversation. */
  public static LlmRequest ofMessages(List<Message> messages) {
    return new LlmRequest("", "", "", messages, Parameters.NONE, true);
  }

  /**
   * This request with the parameters, the headers and the latency mode of another where it has none
   * of its own; streamed if both are.
   */
  public LlmRequest orElse(LlmRequest other) {
    return withParameters(parameters.orElse(other.parameters))
        .withLatencyMode(latencyMode.isEmpty() ? other.latencyMode : latencyMode)
        .withHeaders(headers.orElse(other.headers))
        .withStreaming(streaming && other.streaming);
  }

  /** Upper bound of the output. */
  public OptionalInt maxTokens() {
    Number value = parameters.numbers().get(Parameter.MAX_TOKENS);
    return value == null ? OptionalInt.empty() : OptionalInt.of(value.intValue());
  }

  /** How many answers are asked for. */
  public int choices() {
    return (int) parameters.whole(Parameter.CHOICES).orElse(1);
  }

  /** Further fields of the request's body. */
  public Map<String, Object> extraBody() {
    return parameters.extraBody();
  }

  /** This request to another deployment or model. */
  public LlmRequest withModel(String newModel) {
    return new LlmRequest(newModel, region, latencyMode, messages, parameters, streaming, headers);
  }

  /** This request to another region. */
  public LlmRequest withRegion(String newRegion) {
    return new LlmRequest(model, newRegion, latencyMode, messages, parameters, streaming, headers);
  }

  /** This request with another latency mode. */
  public LlmRequest withLatencyMode(String newMode) {
    return new LlmRequest(model, region, newMode, messages, parameters, streaming, headers);
  }

  /** This request with another conversation. */
  public LlmRequest withMessages(List<Message> newMessages) {
    return new LlmRequest(model, region, latencyMode, newMessages, parameters, streaming, headers);
  }

  /** This request with other parameters. */
  public LlmRequest withParameters(Parameters newParameters) {
    return new LlmRequest(model, region, latencyMode, messages, newParameters, streaming, headers);
  }

  /** This request with other headers. */
  public LlmRequest withHeaders(OwnHeaders newHeaders) {
    return new LlmRequest(model, region, latencyMode, messages, parameters, streaming, newHeaders);
  }

  /** This request with another value of a number. */
  public LlmRequest with(Parameter parameter, Number value) {
    return withParameters(parameters.with(parameter, value));
  }

  /** This request with another upper bound of the output. */
  public LlmRequest withMaxTokens(int newMaxTokens) {
    return with(Parameter.MAX_TOKENS, newMaxTokens);
  }

  /** This request, streamed or not. */
  public LlmRequest withStreaming(boolean newStreaming) {
    return new LlmRequest(model, region, latencyMode, messages, parameters, newStreaming, headers);
  }
}
