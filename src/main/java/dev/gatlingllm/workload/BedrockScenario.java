package dev.gatlingllm.workload;

import dev.gatlingllm.provider.LlmRequest;
import java.util.Map;

/**
 * One line of a scenario file of the Bedrock latency benchmarking framework.
 *
 * @param textPrompt the prompt
 * @param expectedOutputTokens upper bound of the output
 * @param taskType a label
 * @param modelId model or inference profile
 * @param region the region to send to
 * @param latencyMode {@code standard}, {@code optimized}, or empty to send none
 */
public record BedrockScenario(
    String textPrompt,
    int expectedOutputTokens,
    String taskType,
    String modelId,
    String region,
    String latencyMode) {

  /** What the framework takes where a line names no size. */
  public static final int DEFAULT_OUTPUT_TOKENS = 100;

  private static final String NO_LATENCY_MODE = "none";

  /** The streaming request that this scenario describes. */
  public LlmRequest request() {
    return LlmRequest.ofPrompt(textPrompt)
        .withModel(modelId)
        .withRegion(region)
        .withLatencyMode(latencyMode)
        .withMaxTokens(expectedOutputTokens);
  }

  /**
   * What calls of this scenario are told apart by: {@code model}, {@code region}, {@code task} and
   * {@code latency}, the last being {@code none} where no mode is sent.
   */
  public Map<String, String> labels() {
    return Map.of(
        "model", modelId,
        "region", region,
        "task", taskType,
        "latency", latencyMode.isEmpty() ? NO_LATENCY_MODE : latencyMode);
  }

  /** Leaves out the prompt, which must not reach a log. */
  @Override
  public String toString() {
    return "BedrockScenario[" + modelId + ", " + region + ", " + labels().get("latency") + "]";
  }
}
