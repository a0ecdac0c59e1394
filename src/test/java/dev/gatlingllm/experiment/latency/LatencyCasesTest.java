package dev.gatlingllm.experiment.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.engine.PlayedService;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.record.CallRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyCasesTest {

  private static final LlmActionBuilder CALL = LlmActionBuilder.named(session -> "chat");

  @TempDir private Path folder;

  private LatencyCases cases(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "llm.latency.deployments=small,large",
                "llm.latency.maxTokens=16",
                "llm.latency.contextTokens=80",
                "llm.latency.iterations=2"));
    all.addAll(List.of(settings));
    return LatencyCases.of(Stage.settings(folder, all.toArray(String[]::new)));
  }

  private static Stage played(LatencyCases cases, PlayedService service) {
    Stage stage = Stage.of(cases.settings(), service);
    stage.play(cases.inject(CALL));
    return stage;
  }

  @Test
  void oneUserMakesAllCallsWithTheirPausesBetween() {
    LatencyCases cases =
        cases("llm.latency.sameModelInterval=2 s", "llm.latency.differentModelInterval=10 s");
    try (Stage stage = played(cases, PlayedService.answering(Duration.ofSeconds(1)))) {
      List<CallRecord> calls = stage.records();

      assertThat(calls)
          .extracting(CallRecord::model)
          .containsExactly("small", "small", "large", "large");
      long first = calls.get(0).times().arrival();
      assertThat(calls)
          .extracting(call -> (call.times().arrival() - first) / 1_000_000_000L)
          .containsExactly(0L, 3L, 14L, 17L);
      assertThat(calls)
          .extracting(call -> call.groups().get(0))
          .containsOnly("small | 16 tokens", "large | 16 tokens");
    }
  }

  @Test
  void answersInOnePieceAreTestsOfTheirOwn() {
    LatencyCases cases = cases("llm.latency.streaming=both", "llm.latency.temperature=0.5");
    PlayedService service = PlayedService.answering(Duration.ofSeconds(1));
    try (Stage stage = played(cases, service)) {
      assertThat(cases.groups())
          .containsExactly(
              "small | 16 tokens",
              "small | 16 tokens | not streaming",
              "large | 16 tokens",
              "large | 16 tokens | not streaming");
      assertThat(service.requests())
          .extracting(LlmRequest::streaming)
          .containsExactly(true, true, false, false, true, true, false, false);
      assertThat(service.requests())
          .allSatisfy(
              request ->
                  assertThat(request.parameters().numbers().get(Parameter.TEMPERATURE))
                      .isEqualTo(0.5));
      assertThat(stage.records()).hasSize(8);
    }
  }

  @Test
  void concurrentTestsBeginTogetherEachByAUserOfItsOwn() {
    LatencyCases cases = cases("llm.latency.order=concurrent");
    assertThat(cases.inject(CALL)).hasSize(2);
    assertThat(cases.expectedLoad().pace()).isEqualTo(new ExpectedLoad.Closed(2));
  }

  @Test
  void everyRegionOfTheSettingsIsCalledUnlessSomeAreNamed() {
    String[] two = {"llm.regions.north=on", "llm.regions.south=on"};
    assertThat(cases(two).groups())
        .containsExactly(
            "small | north | 16 tokens",
            "small | south | 16 tokens",
            "large | north | 16 tokens",
            "large | south | 16 tokens");
    assertThat(cases(two[0], two[1], "llm.latency.regions=south").groups())
        .containsExactly("small | south | 16 tokens", "large | south | 16 tokens");
  }

  @Test
  void aRegionThatTheSettingsDoNotHaveIsRefused() {
    assertThatThrownBy(() -> cases("llm.latency.regions=nowhere"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "llm.latency.regions must be regions of llm.regions, which has none, was \"nowhere\"");
  }

  @Test
  void aBoundOfTheOutputThatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> cases("llm.latency.maxTokens=16,many"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("llm.latency.maxTokens");
    assertThatThrownBy(() -> cases("llm.latency.maxTokens=0"))
        .hasMessageContaining("whole numbers of at least 1");
  }

  @Test
  void aPromptWithoutRoomForItsPartsIsRefused() {
    assertThatThrownBy(() -> cases("llm.latency.contextTokens=2"))
        .hasMessageStartingWith("llm.latency.contextTokens must be at least ");
  }
}
