package dev.gatlingllm.target;

import dev.gatlingllm.config.ApiConfig;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.provider.bedrock.BedrockOptions;
import dev.gatlingllm.provider.bedrock.body.AnswerPart;
import dev.gatlingllm.provider.bedrock.body.BodyFormat;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Turns {@code llm.bedrock.api} and what belongs to it into what the client wants to know. */
final class BedrockBodies {

  private BedrockBodies() {}

  static BedrockOptions options(ApiConfig.Bedrock api) {
    return new BedrockOptions(
        api.invoke() ? Optional.of(format(api)) : Optional.empty(),
        api.guardrailId(),
        api.guardrailVersion(),
        api.serviceTier());
  }

  private static BodyFormat format(ApiConfig.Bedrock api) {
    if (!api.bodyFormat().equals("custom")) {
      return BodyFormat.named(api.bodyFormat());
    }
    Map<AnswerPart, String> paths = new EnumMap<>(AnswerPart.class);
    for (AnswerPart part : AnswerPart.values()) {
      if (api.paths().containsKey(part.key())) {
        paths.put(part, api.paths().get(part.key()));
      }
    }
    return ConfigurationException.in(
        "llm.bedrock.custom.", () -> BodyFormat.custom(api.request(), paths));
  }
}
