package dev.gatlingllm.provider.bedrock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.bedrock.body.BodyFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;

/**
 * A request of InvokeModel: the model's own body.
 *
 * @param request what is asked, for its latency mode and its streaming
 */
record InvokeCall(
    String modelId, LlmRequest request, SdkBytes json, BodyFormat format, BedrockOptions options)
    implements SdkRequest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA_TYPE = "application/json";

  private static final InvokeModelWithResponseStreamResponseHandler EVENTS_ARE_READ_ELSEWHERE =
      InvokeModelWithResponseStreamResponseHandler.builder()
          .onEventStream(events -> events.subscribe(new WaitForTheEnd<>()))
          .build();

  /**
   * Translates a request.
   *
   * @throws IllegalArgumentException if there is no model, or the format cannot say what is asked
   */
  static InvokeCall of(
      LlmRequest request, String defaultModel, BodyFormat format, BedrockOptions options) {
    String model = ConverseCall.modelOf(request, defaultModel);
    try {
      byte[] json = JSON.writeValueAsBytes(bodyOf(request, format, options));
      return new InvokeCall(model, request, SdkBytes.fromByteArrayUnsafe(json), format, options);
    } catch (JsonProcessingException e) {
      // Without the cause: its message may quote the prompt.
      throw new IllegalArgumentException(
          "extraBody must hold JSON-like values, got " + e.getClass().getSimpleName());
    }
  }

  private static Map<String, Object> bodyOf(
      LlmRequest request, BodyFormat format, BedrockOptions options) {
    Map<String, Object> body = new LinkedHashMap<>(format.writer().body(request));
    if (request.streaming() && !options.guardrailMode().isEmpty()) {
      String mode = options.guardrailMode().equals("async") ? "ASYNCHRONOUS" : "SYNCHRONOUS";
      body.putIfAbsent("amazon-bedrock-guardrailConfig", Map.of("streamProcessingMode", mode));
    }
    return body;
  }

  @Override
  public Sent<?> send(
      BedrockRuntimeAsyncClient sdk,
      AwsRequestOverrideConfiguration override,
      SdkExchange exchange) {
    return request.streaming()
        ? Sent.stream(
            sdk.invokeModelWithResponseStream(streamed(override), EVENTS_ARE_READ_ELSEWHERE),
            exchange)
        : new Sent<>(sdk.invokeModel(whole(override)), answer -> tell(answer, exchange));
  }

  private void tell(InvokeModelResponse answer, SdkExchange exchange) {
    ChunkReader.whole(
        answer.body().asByteArrayUnsafe(),
        name -> answer.sdkHttpResponse().firstMatchingHeader(name).orElse(null),
        exchange,
        format);
  }

  private InvokeModelWithResponseStreamRequest streamed(AwsRequestOverrideConfiguration override) {
    return InvokeModelWithResponseStreamRequest.builder()
        .modelId(modelId)
        .contentType(MEDIA_TYPE)
        .accept(MEDIA_TYPE)
        .body(json)
        .performanceConfigLatency(orNone(request.latencyMode()))
        .serviceTier(orNone(options.serviceTier()))
        .guardrailIdentifier(orNone(options.guardrailId()))
        .guardrailVersion(orNone(options.guardrailVersion()))
        .overrideConfiguration(override)
        .build();
  }

  private InvokeModelRequest whole(AwsRequestOverrideConfiguration override) {
    return InvokeModelRequest.builder()
        .modelId(modelId)
        .contentType(MEDIA_TYPE)
        .accept(MEDIA_TYPE)
        .body(json)
        .performanceConfigLatency(orNone(request.latencyMode()))
        .serviceTier(orNone(options.serviceTier()))
        .guardrailIdentifier(orNone(options.guardrailId()))
        .guardrailVersion(orNone(options.guardrailVersion()))
        .overrideConfiguration(override)
        .build();
  }

  /** The SDK's builders leave out what is null. */
  private static String orNone(String text) {
    return text.isEmpty() ? null : text;
  }
}
