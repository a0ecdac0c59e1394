package dev.gatlingllm.experiment.bedrock;

import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of a scenario file of the Bedrock latency benchmarking framework.
 *
 * @param textPrompt the prompt
 * @param expectedOutputTokens upper bound of the output
 * @param taskType a label
 * @param modelId model or inference profile
 * @param region the region to send to
 * @param latencyMode {@code standard}, {@code optimized}, or empty to send none
 * @param cachedContext what stands before the prompt as system prompt; empty for nothing
 * @param cachePoint whether that, or else the prompt, is to be cached
 * @param columns further columns of the line, as text
 */
public record BedrockScenario(
    String textPrompt,
    int expectedOutputTokens,
    String taskType,
    String modelId,
    String region,
    String latencyMode,
    String cachedContext,
    CachePoint cachePoint,
    Map<String, String> columns) {

  /** What the framework takes where a line names no size. */
  public static final int DEFAULT_OUTPUT_TOKENS = 100;

  private static final String NO_LATENCY_MODE = "none";

  /** Copies the map. */
  public BedrockScenario {
    columns = Collections.unmodifiableMap(new TreeMap<>(columns));
  }

  /** The streaming request that this scenario describes. */
  public LlmRequest request() {
    return LlmRequest.ofMessages(messages())
        .withModel(modelId)
        .withRegion(region)
        .withLatencyMode(latencyMode)
        .withMaxTokens(expectedOutputTokens);
  }

  private List<Message> messages() {
    Message prompt = Message.user(textPrompt);
    return cachedContext.isEmpty()
        ? List.of(prompt.with(cachePoint))
        : List.of(Message.system(cachedContext).with(cachePoint), prompt);
  }

  /** This scenario on another model and in another region. */
  BedrockScenario on(String newModel, String newRegion) {
    return with(newModel, newRegion, latencyMode);
  }

  /** This scenario with a latency mode, if it has none of its own. */
  public BedrockScenario orLatencyMode(String mode) {
    return latencyMode.isEmpty() ? with(modelId, region, mode) : this;
  }

  private BedrockScenario with(String newModel, String newRegion, String newMode) {
    return new BedrockScenario(
        textPrompt,
        expectedOutputTokens,
        taskType,
        newModel,
        newRegion,
        newMode,
        cachedContext,
        cachePoint,
        columns);
  }

  /**
   * What calls of this scenario can be told apart by: {@code model}, {@code region}, {@code task},
   * {@code expectedTokens}, {@code latency} and {@code caching}, each {@code none} where none is
   * asked for, and every further column under its own name.
   */
  public Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>(columns);
    labels.put("model", modelId);
    labels.put("region", region);
    labels.put("task", taskType);
    labels.put("expectedTokens", String.valueOf(expectedOutputTokens));
    labels.put("latency", latencyMode.isEmpty() ? NO_LATENCY_MODE : latencyMode);
    labels.put("caching", caching());
    return labels;
  }

  private String caching() {
    return switch (cachePoint) {
      case NONE -> "none";
      case DEFAULT -> "on";
      case FIVE_MINUTES, ONE_HOUR -> cachePoint.ttl();
    };
  }

  /** Leaves out the prompt, which must not reach a log. */
  @Override
  public String toString() {
    return "BedrockScenario[" + modelId + ", " + region + ", " + labels().get("latency") + "]";
  }
}
