package dev.gatlingllm.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.experiment.bedrock.Scenarios;
import dev.gatlingllm.gatling.engine.LimitsOfSettings;
import dev.gatlingllm.provider.LlmRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When {@code llm.bedrock.latency} is sent. */
class LatencyModeTest {

  @TempDir private Path folder;
  private CallsOfSettings calls;

  @BeforeEach
  void start() {
    calls = new CallsOfSettings(folder);
  }

  @AfterEach
  void stop() {
    calls.close();
  }

  private LlmConfig config(String... more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "llm.provider", "bedrock",
                "llm.bedrock.region", "us-east-1",
                "llm.bedrock.modelId", "m",
                "llm.bedrock.http", "http1",
                "llm.bedrock.endpoint", calls.address()));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return GivenSettings.of(settings);
  }

  @Test
  void converseSendsItInTheBody() {
    assertThat(calls.sent(config("llm.bedrock.latency", "optimized")).toString())
        .contains("\"performanceConfig\":{\"latency\":\"optimized\"}");
  }

  @Test
  void invokeModelSendsItAsAHeader() {
    LlmConfig standard = config("llm.bedrock.latency", "standard", "llm.bedrock.api", "invoke");

    assertThat(calls.sent(standard).toString())
        .containsIgnoringCase("X-Amzn-Bedrock-PerformanceConfig-Latency=standard");
  }

  @Test
  void noneIsNotSent() {
    assertThat(calls.sent(config()).toString()).doesNotContainIgnoringCase("performanceConfig");
  }

  @Test
  void aRequestThatSaysItItselfTakesPrecedence() {
    LlmConfig optimized = config("llm.bedrock.latency", "optimized");
    LlmRequest own = LlmRequest.ofPrompt("Hi").withLatencyMode("standard");

    assertThat(calls.sent(optimized, optimized.request().addTo(own)).toString())
        .contains("\"latency\":\"standard\"");
  }

  @Test
  void aScenarioThatNamesNoneIsSentAndLabelledWithIt() throws IOException {
    Path file = folder.resolve("scenarios.jsonl");
    Files.writeString(
        file,
        """
        {"text_prompt":"Hi","expected_output_tokens":9,"task_type":"t","model_id":"m",\
        "region":"us-east-1"}
        """);
    LlmConfig optimized =
        config(
            "llm.bedrock.latency", "optimized",
            "llm.scenarios.file", file.toString(),
            "llm.slo.e2e.p95", "1 s");
    Scenarios scenarios = Scenarios.of(optimized);

    assertThat(scenarios.expectedLoad().requests().get().latencyMode()).isEqualTo("optimized");
    assertThat(
            LimitsOfSettings.declaredBy(
                optimized.slo(), () -> assertThat(scenarios.assertions("chat")).isEmpty()))
        .isNotEmpty()
        .allSatisfy(limit -> assertThat(limit.row()).contains("optimized"));
  }
}
