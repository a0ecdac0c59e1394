package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServedRowsTest {

  private static RunStatistics run(CallFixture... calls) {
    StatisticsCollector collector =
        new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);
    Stream.of(calls).forEach(one -> collector.add(one.record(), 0));
    return collector.result();
  }

  /** Each row as its path and its started calls. */
  private static List<String> rows(CallFixture... calls) {
    return run(calls).byKey().stream()
        .map(row -> row.key().path() + ": " + row.counts().started())
        .toList();
  }

  private static CallFixture openAi(String asked) {
    return call().provider("openai").model(asked);
  }

  private static CallFixture refused() {
    return call().ended(Outcome.THROTTLED, "429 throttled");
  }

  @Test
  void theDatedNameOfTheModelNeitherSplitsNorRenamesARow() {
    assertThat(
            rows(
                openAi("gpt-4o").servedBy("gpt-4o-2024-08-06", "default"),
                openAi("gpt-4o").servedBy("gpt-4o", ""),
                refused().provider("openai")))
        .containsExactly("chat: 3");
    assertThat(
            rows(
                call()
                    .provider("anthropic")
                    .model("claude-sonnet-4-5")
                    .servedBy("claude-sonnet-4-5-20250929", "standard")))
        .containsExactly("chat: 1");
  }

  @Test
  void twoDatesOfOneNameAreTwoRows() {
    assertThat(
            rows(
                openAi("gpt-4o").servedBy("gpt-4o-2024-08-06", ""),
                openAi("gpt-4o").servedBy("gpt-4o-2024-11-20", "")))
        .containsExactly(
            "chat [servedModel=gpt-4o-2024-08-06]: 1", "chat [servedModel=gpt-4o-2024-11-20]: 1");
  }

  @Test
  void theModelBehindADeploymentNeitherSplitsNorRenamesItsRow() {
    assertThat(
            rows(
                refused().model("my-chat"),
                call().model("my-chat").servedBy("gpt-4o-2024-08-06", "default"),
                call().model("my-chat").servedBy("gpt-4o-2024-08-06", "")))
        .containsExactly("chat: 3");
  }

  @Test
  void aDeploymentBehindOpenAisPathIsKnownByItsHeader() {
    assertThat(
            rows(
                openAi("my-chat")
                    .servedBy(
                        new CallRecord.Served(
                            "gpt-4o-2024-08-06", "", "", OptionalLong.empty(), "my-chat", "", ""))))
        .containsExactly("chat: 1");
  }

  @Test
  void anotherModelThanTheOneAskedNamesTheRow() {
    assertThat(rows(openAi("gpt-5").servedBy("gpt-4o-2024-08-06", ""), openAi("gpt-5")))
        .containsExactly("chat [servedModel=gpt-4o-2024-08-06]: 2");
    assertThat(rows(call().model("model-router").servedBy("gpt-5-mini", "")))
        .containsExactly("chat [servedModel=gpt-5-mini]: 1");
  }

  @Test
  void eachModelOfARouterIsARowAndWhatNamesNoneIsAnother() {
    assertThat(
            rows(
                call().model("model-router").servedBy("gpt-5-mini", ""),
                call().model("model-router").servedBy("gpt-5-nano", ""),
                call().model("model-router").servedBy("gpt-5-mini", ""),
                refused().model("model-router")))
        .containsExactly(
            "chat [servedModel=gpt-5-mini]: 2", "chat [servedModel=gpt-5-nano]: 1", "chat: 1");
  }

  @Test
  void aFallbackIsARowBesideTheModelThatWasAsked() {
    assertThat(
            rows(
                openAi("gpt-5").servedBy("gpt-5-2025-08-07", ""),
                openAi("gpt-5").servedBy("gpt-4o", "")))
        .containsExactly("chat [servedModel=gpt-5]: 1", "chat [servedModel=gpt-4o]: 1");
  }

  @Test
  void twoModelsThatWereBothAskedAreOneRowAsBefore() {
    assertThat(
            rows(
                openAi("gpt-5").servedBy("gpt-5-2025-08-07", ""),
                openAi("gpt-4o").servedBy("gpt-4o-2024-08-06", "")))
        .containsExactly("chat: 2");
  }

  @Test
  void theOrdinaryTierUnderAnyNameSplitsNothing() {
    assertThat(
            rows(
                openAi("m").servedBy("m", "default"),
                openAi("m").servedBy("m", "standard"),
                openAi("m").servedBy("m", "")))
        .containsExactly("chat: 3");
    assertThat(rows(openAi("m").servedBy("m", "flex"), refused().provider("openai").model("m")))
        .containsExactly("chat: 2");
  }

  @Test
  void twoTiersAreTwoRows() {
    assertThat(
            rows(
                openAi("m").servedBy("m", "priority"),
                openAi("m").servedBy("m", "default"),
                openAi("m").servedBy("m", "priority")))
        .containsExactly("chat [servedTier=priority]: 2", "chat [servedTier=default]: 1");
  }

  @Test
  void aRowOfSeveralPartsHasAllTheirNumbers() {
    CallStatistics only =
        run(
                refused()
                    .model("d")
                    .from(0, 100)
                    .served(429, "r-1", "east", "")
                    .attempt(Outcome.THROTTLED),
                call().model("d").servedBy("m-1", "").from(0, 300).streamed(100, 300).tokens(10, 5),
                call().model("d").servedBy("m-1", "").from(0, 500).streamed(200, 500).tokens(10, 5))
            .byKey()
            .get(0);

    assertThat(only.counts().failed()).isEqualTo(1);
    assertThat(only.of(Measure.E2E).n()).isEqualTo(2);
    assertThat(only.of(Measure.TTFT).median()).hasValue(150);
    assertThat(only.errors()).extracting(ErrorCount::count).containsExactly(1L);
    assertThat(only.attempts().throttled()).isEqualTo(1);
    assertThat(only.notable().fastest().orElseThrow().e2eMillis()).isEqualTo(300);
    assertThat(only.breakdown().servedModels()).hasToString("{d → m-1=2}");
  }

  @Test
  void pointsBelongToTheRowsOfTheirCalls() {
    RunStatistics run =
        run(
            refused().model("d").tokens(1, 1),
            call().model("d").servedBy("m", "").tokens(1, 1),
            call().model("d").tokens(1, 1).spilledTo("d-standard"));

    assertThat(run.byKey()).hasSize(2);
    assertThat(run.points().points()).extracting(TokenPoints.Point::key).containsExactly(0, 1);
  }

  @Test
  void groupsAreComparedByWhatServedThem() {
    assertThat(
            run(
                    call().model("model-router").servedBy("gpt-5-mini", ""),
                    call().model("model-router").servedBy("gpt-5-nano", "priority"))
                .views()
                .groups())
        .extracting(group -> group.grouping().model())
        .containsExactly(
            "model-router → gpt-5-mini (default)", "model-router → gpt-5-nano (priority)");
  }
}
