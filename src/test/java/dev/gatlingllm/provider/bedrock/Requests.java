package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import java.util.List;
import java.util.Map;

/** Requests of tests. */
final class Requests {

  private Requests() {}

  /** A request in which everything is set that can be. */
  static LlmRequest full(String model, Map<String, Object> extraBody) {
    return LlmRequest.ofMessages(
            List.of(
                Message.system("Be brief."),
                Message.user("Hi"),
                Message.assistant("Hello"),
                Message.user("Bye")))
        .withModel(model)
        .withRegion("eu-west-1")
        .withLatencyMode("optimized")
        .withParameters(Parameters.NONE.withStop(List.of("END", "STOP")).withExtraBody(extraBody))
        .withMaxTokens(64)
        .with(Parameter.TEMPERATURE, 0.5)
        .with(Parameter.TOP_P, 0.25);
  }
}
