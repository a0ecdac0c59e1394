package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointBlock;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointType;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailStreamConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.PerformanceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceTier;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/**
 * A request in the SDK's terms: what the call asks for, and fields of Converse that it names
 * itself. A null component is one that is not sent: the SDK's builders take it so.
 */
record ConverseCall(
    String modelId,
    List<SystemContentBlock> system,
    List<software.amazon.awssdk.services.bedrockruntime.model.Message> messages,
    InferenceConfiguration inference,
    PerformanceConfiguration performance,
    Document furtherFields,
    ConverseStreamRequest own,
    BedrockOptions options,
    boolean streaming)
    implements SdkRequest {

  private static final ConverseStreamResponseHandler EVENTS_ARE_READ_ELSEWHERE =
      ConverseStreamResponseHandler.builder()
          .onEventStream(events -> events.subscribe(new WaitForTheEnd<>()))
          .build();

  /**
   * Translates a request.
   *
   * @throws IllegalArgumentException if there is no model, a parameter is set that Converse does
   *     not have, or a value of the extra body has no place in JSON
   */
  static ConverseCall of(LlmRequest request, String defaultModel, BedrockOptions options) {
    return new ConverseCall(
        modelOf(request, defaultModel),
        systemOf(request),
        messagesOf(request),
        inferenceOf(request),
        request.latencyMode().isEmpty()
            ? null
            : PerformanceConfiguration.builder().latency(request.latencyMode()).build(),
        furtherFieldsOf(request.parameters()),
        ConverseFields.of(request.extraBody()),
        options,
        request.streaming());
  }

  /** The model to ask. */
  static String modelOf(LlmRequest request, String defaultModel) {
    String model = request.model().isEmpty() ? defaultModel : request.model();
    if (model.isEmpty()) {
      throw new IllegalArgumentException(
          "no model: neither the call nor llm.bedrock names a model id or inference profile");
    }
    return model;
  }

  @Override
  public Sent<?> send(
      BedrockRuntimeAsyncClient sdk,
      AwsRequestOverrideConfiguration override,
      SdkExchange exchange) {
    return streaming
        ? Sent.stream(sdk.converseStream(streamed(override), EVENTS_ARE_READ_ELSEWHERE), exchange)
        : new Sent<>(
            sdk.converse(whole(override)), response -> new ConverseAnswer(response).tell(exchange));
  }

  ConverseStreamRequest streamed(AwsRequestOverrideConfiguration override) {
    return own.toBuilder()
        .modelId(modelId)
        .system(system)
        .messages(messages)
        .inferenceConfig(inference)
        .performanceConfig(performanceConfig())
        .additionalModelRequestFields(furtherFields)
        .guardrailConfig(guardrail())
        .serviceTier(tier())
        .overrideConfiguration(override)
        .build();
  }

  /** The fields are those of a streamed request, except that nothing is to be held back. */
  private ConverseRequest whole(AwsRequestOverrideConfiguration override) {
    return ConverseRequest.builder()
        .modelId(modelId)
        .system(system)
        .messages(messages)
        .inferenceConfig(inference)
        .performanceConfig(performanceConfig())
        .additionalModelRequestFields(furtherFields)
        .guardrailConfig(withoutStream(guardrail()))
        .serviceTier(tier())
        .toolConfig(own.toolConfig())
        .outputConfig(own.outputConfig())
        .promptVariables(own.hasPromptVariables() ? own.promptVariables() : null)
        .requestMetadata(own.hasRequestMetadata() ? own.requestMetadata() : null)
        .additionalModelResponseFieldPaths(
            own.hasAdditionalModelResponseFieldPaths()
                ? own.additionalModelResponseFieldPaths()
                : null)
        .overrideConfiguration(override)
        .build();
  }

  /** A call's own fields come before the settings. */
  private GuardrailStreamConfiguration guardrail() {
    if (own.guardrailConfig() != null || options.guardrailId().isEmpty()) {
      return own.guardrailConfig();
    }
    return GuardrailStreamConfiguration.builder()
        .guardrailIdentifier(options.guardrailId())
        .guardrailVersion(options.guardrailVersion())
        .streamProcessingMode(options.guardrailMode().isEmpty() ? null : options.guardrailMode())
        .build();
  }

  private static GuardrailConfiguration withoutStream(GuardrailStreamConfiguration guardrail) {
    return guardrail == null
        ? null
        : GuardrailConfiguration.builder()
            .guardrailIdentifier(guardrail.guardrailIdentifier())
            .guardrailVersion(guardrail.guardrailVersion())
            .trace(guardrail.traceAsString())
            .build();
  }

  private PerformanceConfiguration performanceConfig() {
    return own.performanceConfig() == null ? performance : own.performanceConfig();
  }

  private ServiceTier tier() {
    return own.serviceTier() != null || options.serviceTier().isEmpty()
        ? own.serviceTier()
        : ServiceTier.builder().type(options.serviceTier()).build();
  }

  private static List<SystemContentBlock> systemOf(LlmRequest request) {
    List<SystemContentBlock> system =
        request.messages().stream()
            .filter(message -> message.role().instructs())
            .flatMap(ConverseCall::systemBlocks)
            .toList();
    return system.isEmpty() ? null : system;
  }

  private static List<software.amazon.awssdk.services.bedrockruntime.model.Message> messagesOf(
      LlmRequest request) {
    return request.messages().stream()
        .filter(message -> !message.role().instructs())
        .map(ConverseCall::messageOf)
        .toList();
  }

  private static software.amazon.awssdk.services.bedrockruntime.model.Message messageOf(
      Message message) {
    return software.amazon.awssdk.services.bedrockruntime.model.Message.builder()
        .role(
            message.role() == Message.Role.ASSISTANT
                ? ConversationRole.ASSISTANT
                : ConversationRole.USER)
        .content(contentOf(message))
        .build();
  }

  private static List<ContentBlock> contentOf(Message message) {
    List<ContentBlock> blocks = AttachmentBlocks.blocks(message);
    if (message.cachePoint() == CachePoint.NONE) {
      return blocks;
    }
    List<ContentBlock> cached = new ArrayList<>(blocks);
    cached.add(ContentBlock.fromCachePoint(blockOf(message.cachePoint())));
    return cached;
  }

  private static Stream<SystemContentBlock> systemBlocks(Message message) {
    Stream<SystemContentBlock> said = AttachmentBlocks.systemBlocks(message).stream();
    return message.cachePoint() == CachePoint.NONE
        ? said
        : Stream.concat(
            said, Stream.of(SystemContentBlock.fromCachePoint(blockOf(message.cachePoint()))));
  }

  private static CachePointBlock blockOf(CachePoint point) {
    return CachePointBlock.builder()
        .type(CachePointType.DEFAULT)
        .ttl(point.ttl().isEmpty() ? null : point.ttl())
        .build();
  }

  private static InferenceConfiguration inferenceOf(LlmRequest request) {
    InferenceConfiguration.Builder inference = InferenceConfiguration.builder();
    request
        .parameters()
        .numbers()
        .forEach(
            (parameter, value) -> {
              switch (parameter) {
                case MAX_TOKENS -> inference.maxTokens(value.intValue());
                case TEMPERATURE -> inference.temperature(value.floatValue());
                case TOP_P -> inference.topP(value.floatValue());
                case THINKING_BUDGET -> {}
                default -> throw Parameters.missing(parameter.key(), "Bedrock's Converse");
              }
            });
    if (!request.parameters().stop().isEmpty()) {
      inference.stopSequences(request.parameters().stop());
    }
    InferenceConfiguration built = inference.build();
    return built.equals(InferenceConfiguration.builder().build()) ? null : built;
  }

  /** What Converse has no field for, in the words of the models that know it. */
  private static Document furtherFieldsOf(Parameters parameters) {
    Map<String, Object> fields = new LinkedHashMap<>();
    parameters
        .whole(Parameter.THINKING_BUDGET)
        .ifPresent(
            budget -> fields.put("thinking", Map.of("type", "enabled", "budget_tokens", budget)));
    if (!parameters.reasoningEffort().isEmpty()) {
      fields.put("reasoning_effort", parameters.reasoningEffort());
    }
    parameters.withExtraBody(ConverseFields.ofTheModel(parameters.extraBody())).addExtraTo(fields);
    fields.values().removeIf(Objects::isNull);
    return fields.isEmpty() ? null : Documents.of(fields);
  }
}
