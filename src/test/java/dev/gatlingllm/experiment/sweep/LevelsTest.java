package dev.gatlingllm.experiment.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.engine.LimitsOfSettings;
import dev.gatlingllm.gatling.engine.PlayedService;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Limit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LevelsTest {

  @TempDir private Path folder;

  private Levels levels(String... settings) {
    List<String> all = new java.util.ArrayList<>(List.of(settings));
    all.add("llm.profile.shape=custom");
    all.add("llm.profile.contextTokens=80");
    all.add("llm.profile.maxTokens=16");
    return Levels.of(Stage.settings(folder, all.toArray(String[]::new)));
  }

  private static List<CallRecord> play(Levels levels, Duration answer) {
    try (Stage stage = Stage.of(levels.settings(), PlayedService.answering(answer))) {
      stage.play(levels.inject(LlmActionBuilder.named(session -> "chat")));
      return stage.records();
    }
  }

  private static Map<String, Long> callsByGroup(List<CallRecord> calls) {
    return calls.stream()
        .collect(Collectors.groupingBy(call -> call.groups().get(0), Collectors.counting()));
  }

  @Test
  void eachLevelMakesAsManyCallsAsItsTwoMinimaAsk() {
    List<CallRecord> calls =
        play(
            levels(
                "llm.sweep.levels=1,3",
                "llm.sweep.minCallsPerLevel=4",
                "llm.sweep.minCallsPerClient=2"),
            Duration.ofMillis(100));

    assertThat(callsByGroup(calls)).isEqualTo(Map.of("1 client", 4L, "3 clients", 6L));
    assertThat(calls)
        .allSatisfy(
            call ->
                assertThat(call.groups().get(0))
                    .startsWith(call.labels().get(Levels.CLIENTS) + " client"));
  }

  @Test
  void aLevelBeginsWhenTheLastCallOfTheOneBeforeHasEnded() {
    List<CallRecord> calls =
        play(
            levels("llm.sweep.levels=1,3", "llm.sweep.minCallsPerLevel=4"), Duration.ofMillis(100));
    long endOfFirst =
        calls.stream()
            .filter(call -> call.groups().get(0).equals("1 client"))
            .mapToLong(call -> call.times().end())
            .max()
            .getAsLong();

    assertThat(calls)
        .filteredOn(call -> call.groups().get(0).equals("3 clients"))
        .allSatisfy(call -> assertThat(call.times().arrival()).isGreaterThanOrEqualTo(endOfFirst));
  }

  @Test
  void withADurationALevelLastsSoLongWhateverTheNumberOfCalls() {
    Levels levels = levels("llm.sweep.levels=2", "llm.sweep.duration=1 s");

    assertThat(callsByGroup(play(levels, Duration.ofMillis(300))))
        .isEqualTo(Map.of("2 clients", 8L));
    assertThat(levels.warning()).isEmpty();
  }

  @Test
  void levelsWithTooFewCallsForAPercentileAreNamed() {
    assertThat(
            levels(
                    "llm.sweep.levels=1,50",
                    "llm.sweep.minCallsPerLevel=20",
                    "llm.sweep.minCallsPerClient=40")
                .warning()
                .orElseThrow())
        .startsWith("a p95 takes ")
        .contains("levels with fewer than that: 1 client (40).")
        .endsWith("llm.sweep.minCallsPerLevel");
    assertThat(levels("llm.sweep.levels=1", "llm.sweep.minCallsPerLevel=5000").warning()).isEmpty();
  }

  @Test
  void theRunIsSplitByLevelAndEveryLevelIsJudged() {
    Levels levels = levels("llm.sweep.levels=1,3", "llm.slo.ttft.p95=500 ms");

    assertThat(levels.settings().record().splitBy()).isEqualTo(Levels.CLIENTS);
    assertThat(levels.groups()).containsExactly("1 client", "3 clients");
    assertThat(
            LimitsOfSettings.declaredBy(
                levels.settings().slo(), () -> assertThat(levels.assertions("chat")).isEmpty()))
        .extracting(Limit::row)
        .containsExactly("1 client / chat", "3 clients / chat");
  }

  @Test
  void theWarmUpPlansTheGreatestLevel() {
    ExpectedLoad planned = levels("llm.sweep.levels=4,1").expectedLoad();
    assertThat(planned.pace()).isEqualTo(new ExpectedLoad.Closed(4));
    assertThat(planned.text()).isEqualTo("4 clients with 80/16 tokens");
  }
}
