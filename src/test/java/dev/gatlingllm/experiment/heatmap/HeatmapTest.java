package dev.gatlingllm.experiment.heatmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.engine.PlayedService;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.CallRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeatmapTest {

  @TempDir private Path folder;

  private Heatmap heatmap(String inputTokens) {
    return Heatmap.of(
        Stage.settings(
            folder,
            "llm.heatmap.inputTokens=" + inputTokens,
            "llm.heatmap.outputTokens=16,32",
            "llm.heatmap.callsPerCell=2",
            "llm.heatmap.clients=3"));
  }

  private static String cell(CallRecord call) {
    return call.labels().get(Heatmap.INPUT_TOKENS) + "/" + call.labels().get(Heatmap.OUTPUT_TOKENS);
  }

  @Test
  void everyPairOfLengthsIsCalledAsOftenAsAskedByAllClientsTogether() {
    Heatmap heatmap = heatmap("60,120");
    PlayedService service = PlayedService.answering(Duration.ofMillis(100));
    try (Stage stage = Stage.of(heatmap.settings(), service)) {
      stage.play(heatmap.inject(LlmActionBuilder.named(session -> "chat")));

      assertThat(stage.records())
          .extracting(HeatmapTest::cell)
          .containsExactlyInAnyOrder(
              "60/16", "60/16", "60/32", "60/32", "120/16", "120/16", "120/32", "120/32");
      assertThat(service.requests())
          .extracting(request -> request.maxTokens().getAsInt())
          .containsExactlyInAnyOrder(16, 16, 16, 16, 32, 32, 32, 32);
    }
  }

  @Test
  void aCallIsBuiltToTheLengthOfItsPair() {
    Heatmap heatmap = heatmap("60,120");
    try (Stage stage =
        Stage.of(heatmap.settings(), PlayedService.answering(Duration.ofMillis(100)))) {
      stage.play(heatmap.inject(LlmActionBuilder.named(session -> "chat")));

      assertThat(stage.records())
          .allSatisfy(
              call ->
                  assertThat(call.tokens().requestedInput())
                      .hasValue(Integer.parseInt(call.labels().get(Heatmap.INPUT_TOKENS))));
    }
  }

  @Test
  void aLengthThatIsTooShortForAPromptIsRefused() {
    assertThatThrownBy(() -> heatmap("1,120"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.heatmap.inputTokens must be at least ")
        .hasMessageEndingWith("was 1");
  }

  @Test
  void theWarmUpPlansTheSameCallsForTheSameClients() {
    ExpectedLoad planned = heatmap("60,120").expectedLoad();

    assertThat(planned.text()).isEqualTo("3 clients with 2 × 2 lengths");
    assertThat(planned.pace()).isEqualTo(new ExpectedLoad.Closed(3));
    List<LlmRequest> one = Stream.generate(planned.requests()).limit(8).toList();
    assertThat(one).extracting(request -> request.maxTokens().getAsInt()).contains(16, 32);
  }
}
