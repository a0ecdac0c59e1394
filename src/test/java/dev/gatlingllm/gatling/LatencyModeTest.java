package dev.gatlingllm.gatling;

import static dev.gatlingllm.LlmDsl.llm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.experiment.bedrock.Scenarios;
import dev.gatlingllm.gatling.engine.LlmProtocol;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.TokenUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether {@code llm.bedrock.latency} is sent. */
class LatencyModeTest {

  private static final CallListener NOBODY =
      new CallListener() {
        @Override
        public void head(long nanos, ResponseHead head) {}

        @Override
        public void output(long nanos, OutputKind kind, String text) {}

        @Override
        public void usage(TokenUsage usage) {}

        @Override
        public void finish(String reason) {}

        @Override
        public void completed(long nanos) {}

        @Override
        public void failed(long nanos, Failure failure) {}
      };

  private final SentRequests endpoint = new SentRequests();

  @AfterEach
  void stop() {
    endpoint.close();
  }

  private LlmConfig config(String... more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "llm.provider", "bedrock",
                "llm.bedrock.region", "us-east-1",
                "llm.bedrock.modelId", "m",
                "llm.bedrock.http", "http1",
                "llm.bedrock.endpoint", endpoint.address()));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return GivenSettings.of(settings);
  }

  private SentRequests.Sent sent(LlmConfig config, LlmRequest request) {
    LlmProtocol protocol = (LlmProtocol) llm.config(config).protocol();
    try (LlmClient client = protocol.client()) {
      client.start(request.withMaxTokens(10), NOBODY);
      return endpoint.next();
    }
  }

  private static LlmRequest plain(LlmConfig config) {
    return config.request().request(List.of(Message.user("Hi")));
  }

  @Test
  void converseSendsIt() {
    LlmConfig optimized = config("llm.bedrock.latency", "optimized");

    assertThat(sent(optimized, plain(optimized)).body())
        .contains("\"performanceConfig\":{\"latency\":\"optimized\"}");
  }

  @Test
  void invokeModelSendsItAsAHeader() {
    LlmConfig standard = config("llm.bedrock.latency", "standard", "llm.bedrock.api", "invoke");

    assertThat(sent(standard, plain(standard)).headers())
        .containsEntry("X-Amzn-Bedrock-PerformanceConfig-Latency", "standard");
  }

  @Test
  void noneIsNotSent() {
    assertThat(sent(config(), plain(config())).body()).doesNotContain("performanceConfig");
  }

  @Test
  void aRequestThatSaysItItselfTakesPrecedence() {
    LlmConfig optimized = config("llm.bedrock.latency", "optimized");
    LlmRequest own = LlmRequest.ofPrompt("Hi").withLatencyMode("standard");

    assertThat(sent(optimized, optimized.request().addTo(own)).body())
        .contains("\"latency\":\"standard\"");
  }

  @Test
  void aScenarioThatNamesNoneIsSentAndLabelledWithIt(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("scenarios.jsonl");
    Files.writeString(
        file,
        """
        {"text_prompt":"Hi","expected_output_tokens":9,"task_type":"t","model_id":"m",\
        "region":"us-east-1"}
        """);
    LlmConfig optimized =
        config("llm.bedrock.latency", "optimized", "llm.scenarios.file", file.toString());
    Scenarios scenarios = Scenarios.of(optimized);

    assertThat(scenarios.planned().requests().get().latencyMode()).isEqualTo("optimized");
    assertThat(scenarios.slo(GivenSettings.of(Map.of("llm.slo.e2e.p95", "1 s")).slo(), "chat"))
        .isNotEmpty()
        .allSatisfy(limit -> assertThat(limit.asScala().toString()).contains("optimized"));
  }
}
