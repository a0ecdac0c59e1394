package dev.gatlingllm.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.simulator.PromptTokens.Turn;
import java.util.List;

/**
 * Whose body a request of InvokeModel has. Bedrock knows it by the model; here the body tells, so
 * that any model id will do.
 *
 * @param dialect the family of models
 * @param maxTokensPointer where the upper bound of the output stands, as a JSON pointer
 */
record InvokedBody(Dialect dialect, String maxTokensPointer) {

  static InvokedBody of(JsonNode root) throws InvalidRequestException {
    if (root.has("anthropic_version")) {
      return new InvokedBody(Dialect.ANTHROPIC, "/max_tokens");
    }
    if (root.has("inputText")) {
      return new InvokedBody(Dialect.TITAN, "/textGenerationConfig/maxTokenCount");
    }
    if (root.path("prompt").isTextual()) {
      return new InvokedBody(Dialect.LLAMA, "/max_gen_len");
    }
    if (!root.path("messages").isArray()) {
      throw new InvalidRequestException(
          "the body must have anthropic_version, messages, prompt or inputText");
    }
    return root.has("schemaVersion") || root.has("inferenceConfig")
        ? new InvokedBody(Dialect.NOVA, "/inferenceConfig/maxTokens")
        : new InvokedBody(Dialect.INVOKED_CHAT, "/max_tokens");
  }

  /** Where the upper bound stands, in words. */
  String maxTokensName() {
    return maxTokensPointer.substring(1).replace('/', '.');
  }

  /** The turns of the conversation; that of Llama and Titan is one text. */
  List<Turn> turns(JsonNode root) throws InvalidRequestException {
    return switch (dialect) {
      case LLAMA -> List.of(new Turn("user", List.of(root.path("prompt").asText())));
      case TITAN -> List.of(new Turn("user", List.of(root.path("inputText").asText())));
      default -> PromptTurns.withSystem(root);
    };
  }
}
