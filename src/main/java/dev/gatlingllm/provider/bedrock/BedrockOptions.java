package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.bedrock.body.BodyFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * What all calls to Bedrock have in common.
 *
 * @param body the model's own body, for InvokeModel; empty for Converse
 * @param guardrailId the guardrail that is applied; empty for none
 * @param guardrailVersion its version, a number or {@code DRAFT}
 * @param guardrailMode whether the guardrail holds chunks back until it has checked them, {@code
 *     sync}, or lets them go at once, {@code async}; empty to leave it out
 * @param serviceTier {@code default}, {@code priority}, {@code flex} or {@code reserved}; empty to
 *     leave it out
 */
public record BedrockOptions(
    Optional<BodyFormat> body,
    String guardrailId,
    String guardrailVersion,
    String guardrailMode,
    String serviceTier) {

  /** Converse, and nothing else. */
  public static final BedrockOptions CONVERSE = new BedrockOptions(Optional.empty(), "", "", "");

  /** Options with a guardrail in the mode that the service takes by itself. */
  public BedrockOptions(
      Optional<BodyFormat> body, String guardrailId, String guardrailVersion, String serviceTier) {
    this(body, guardrailId, guardrailVersion, "", serviceTier);
  }

  /** Rejects null components and half a guardrail. */
  public BedrockOptions {
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(serviceTier, "serviceTier");
    if (guardrailId.isEmpty() != guardrailVersion.isEmpty()) {
      throw new IllegalArgumentException(
          "llm.bedrock.guardrail needs both id and version, was \""
              + guardrailId
              + "\" and \""
              + guardrailVersion
              + '"');
    }
    if (guardrailId.isEmpty() && !guardrailMode.isEmpty()) {
      throw new IllegalArgumentException(
          "llm.bedrock.guardrail.streamProcessingMode needs a guardrail: id and version are empty");
    }
  }
}
