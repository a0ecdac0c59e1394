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
 * @param serviceTier {@code default}, {@code priority}, {@code flex} or {@code reserved}; empty to
 *     leave it out
 */
public record BedrockOptions(
    Optional<BodyFormat> body, String guardrailId, String guardrailVersion, String serviceTier) {

  /** Converse, and nothing else. */
  public static final BedrockOptions CONVERSE = new BedrockOptions(Optional.empty(), "", "", "");

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
  }
}
