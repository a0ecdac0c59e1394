package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Requests of tests. */
final class Requests {

  private Requests() {}

  /** A request in which everything is set that can be. */
  static LlmRequest full(String model, Map<String, Object> extraBody) {
    return new LlmRequest(
        model,
        "eu-west-1",
        "optimized",
        List.of(
            Message.system("Be brief."),
            Message.user("Hi"),
            Message.assistant("Hello"),
            Message.user("Bye")),
        OptionalInt.of(64),
        OptionalDouble.of(0.5),
        OptionalDouble.of(0.25),
        List.of("END", "STOP"),
        OptionalLong.of(7),
        extraBody,
        true);
  }

  static LlmRequest inRegion(LlmRequest request, String region) {
    return new LlmRequest(
        request.model(),
        region,
        request.latencyMode(),
        request.messages(),
        request.maxTokens(),
        request.temperature(),
        request.topP(),
        request.stop(),
        request.seed(),
        request.extraBody(),
        request.streaming());
  }
}
