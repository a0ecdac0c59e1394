package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecord.Connection;
import dev.gatlingllm.record.CallRecord.Served;
import dev.gatlingllm.record.HealthFixture;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every format says of failures, and of answers that are not what they seem. */
class OddAnswersReportTest {

  private static final long[] AT_ONCE = new long[40];

  @TempDir private Path temp;

  @Test
  void aKindOfFailureIsShownWithItsTimeItsStatusItsWordsAndAdvice() throws IOException {
    RunReport report =
        report(
            Map.of("llm.provider", "openai"),
            rejected(0, 1_000, 1_500, "no model <b>x</b>"),
            rejected(1, 61_000, 62_000, "no model y"));
    for (String text : List.of(console(report), markdown(report), page(report))) {
      assertThat(text)
          .contains("404 rejected", "1.50 to 62 s", "2026-03-02 09:30:01 to 09:31:02 UTC")
          .contains("asked to wait 2.50 s")
          .contains("llm.openai.model")
          .doesNotContain("no model y");
    }
    assertThat(page(report)).contains("no model &lt;b&gt;x&lt;/b&gt;");
    JsonNode error = overall(report).get("errors").get(0);
    assertThat(error.get("firstSeconds").asDouble()).isEqualTo(1.5);
    assertThat(error.get("lastAt").asText()).isEqualTo("2026-03-02T09:31:02Z");
    assertThat(error.get("status").asInt()).isEqualTo(404);
    assertThat(error.get("example").asText()).isEqualTo("no model <b>x</b>");
    assertThat(error.get("retryAfterMillis").asLong()).isEqualTo(2_500);
    assertThat(error.get("advice").asText()).contains("llm.openai.model");
  }

  @Test
  void aLongMessageOfTheServiceIsCut() throws IOException {
    RunReport report = report(Map.of(), rejected(0, 0, 10, "long ".repeat(200)));
    String example = overall(report).get("errors").get(0).get("example").asText();
    assertThat(example).hasSize(301).endsWith("…");
  }

  @Test
  void bufferedStreamsHaveNoRateAndAreTheVerdict() throws IOException {
    RunReport report =
        report(
            Map.of(),
            call().id(0).chunks(600, AT_ONCE).tokens(9, 41).record(),
            call().id(1).chunks(600, AT_ONCE).tokens(9, 41).record());
    for (String text : List.of(flat(console(report)), markdown(report), page(report))) {
      assertThat(text)
          .contains("Something between you and the service collects the stream")
          .contains("2 of 2 streams, 100 %, came in heaps");
    }
    assertThat(console(report)).contains("Verdict: degraded", "- = not measurable: the streams");
    assertThat(page(report))
        .contains("Something between the client and the service distorted these numbers: degraded")
        .doesNotContain("The client itself distorted")
        .contains("100 % buffered");
    assertThat(overall(report).get("bufferedStreams").asLong()).isEqualTo(2);
    assertThat(overall(report).get("bufferedStreamsPercent").asDouble()).isEqualTo(100);
    assertThat(overall(report).get("measures").get("tokensPerSecond").get("n").asLong()).isZero();
  }

  @Test
  void blockedAnswersAreCountedAndShown() throws IOException {
    RunReport report =
        report(
            Map.of("llm.slo.call.e2e", "5 s"),
            call().id(0).served(200, "", "", "guardrail_intervened").record(),
            call().id(1).served(200, "", "", "stop").record(),
            call().id(2).served(200, "", "", "stop").record(),
            call().id(3).served(200, "", "", "stop").record());
    for (String text : List.of(flat(console(report)), markdown(report), page(report))) {
      assertThat(text).contains("Blocked by a filter: 1 of 4 succeeded calls, 25.0 %");
    }
    assertThat(page(report)).contains("1 blocked by a filter");
    assertThat(overall(report).get("blockedPercent").asDouble()).isEqualTo(25);
    assertThat(overall(report).get("goodput").get("percent").asDouble()).isEqualTo(75);
  }

  @Test
  void finishReasonsThatNobodyKnowsAreListed() throws IOException {
    RunReport report =
        report(
            Map.of(),
            call().id(0).served(200, "", "", "stop").record(),
            call().id(1).served(200, "", "", "ran_dry").record());
    assertThat(report.notes())
        .anyMatch(note -> note.contains("ran_dry (1)") && note.contains("counts as complete"))
        .noneMatch(note -> note.contains("stop (1)"));
  }

  @Test
  void doubtfulTokenCountsAreCountedByTheirReason() throws IOException {
    RunReport report =
        report(
            Map.of(),
            call().id(0).chunks(100, 30_000, 30_000, 30_000).tokens(9, 0).record(),
            call().id(1).chunks(100, 30_000, 30_000, 30_000).tokens(9, 4).record());
    assertThat(report.notes())
        .contains(
            "The provider counted no output token, though output came, in 1 of 2 succeeded calls.");
    assertThat(overall(report).get("callsWithDoubtfulTokens").toString()).isEqualTo("{\"zero\":1}");
  }

  @Test
  void callsThatWereServedOtherwiseAreTold() throws IOException {
    RunReport report =
        report(
            Map.of("llm.bedrock.serviceTier", "priority"),
            call().id(0).label("latency", "optimized").servedBy(served("a", "")).record(),
            call().id(1).label("latency", "optimized").servedBy(served("b", "default")).record());
    assertThat(report.notes())
        .anyMatch(
            note -> note.startsWith("Served in another latency mode") && note.contains("2 of"))
        .contains("Calls to gpt-4o by the model that served them: a 1, b 1.")
        .contains(
            "Served otherwise than llm.bedrock.serviceTier = priority: 1 call. Calls by what"
                + " served them: default 1.");
    assertThat(overall(report).get("servedModels").toString())
        .isEqualTo("{\"gpt-4o → a\":1,\"gpt-4o → b\":1}");
    assertThat(overall(report).get("servedInOtherLatencyMode").asLong()).isEqualTo(2);
  }

  @Test
  void aVersionOfTheModelIsNoRemark() throws IOException {
    RunReport report =
        report(Map.of(), call().servedBy(served("gpt-4o-2024-11-20", "default")).record());
    assertThat(report.notes()).noneMatch(note -> note.contains("served"));
  }

  @Test
  void connectionsAreShownAndThoseTheServerHadClosedApart() throws IOException {
    OptionalLong none = OptionalLong.empty();
    RunReport report =
        report(
            Map.of(),
            call()
                .id(0)
                .on(new Connection(false, OptionalLong.of(1_200_000), OptionalLong.of(9_000_000)))
                .record(),
            call().id(1).on(new Connection(true, none, none)).record(),
            call()
                .id(2)
                .on(new Connection(true, none, none))
                .ended(Outcome.BROKEN, "reused connection closed by the server")
                .record());
    for (String text : List.of(console(report), markdown(report), page(report))) {
      assertThat(text)
          .contains("opened by 1 call, median TCP 1.2 ms, median TLS 9.0 ms; reused by 2");
    }
    assertThat(report.notes())
        .anyMatch(
            note -> note.startsWith("Failed since the server had closed the idle connection"));
    assertThat(overall(report).get("connections").get("closedOnReuse").asLong()).isEqualTo(1);
  }

  private static Served served(String model, String tier) {
    return new Served(model, tier, "standard", OptionalLong.empty());
  }

  private static CallRecord rejected(int id, double fromMillis, double toMillis, String said) {
    return call()
        .id(id)
        .from(fromMillis, toMillis)
        .ended(Outcome.REJECTED, "404 rejected")
        .served(404, "r-" + id, "", "")
        .retryAfter(2_500)
        .detail(said)
        .record();
  }

  private RunReport report(Map<String, String> settings, CallRecord... calls) throws IOException {
    SampleRuns.write(temp, List.of(calls));
    SampleRuns.writeHealth(
        temp,
        List.of(HealthFixture.sample().number(0).make(), HealthFixture.sample().number(4).make()));
    new RunFiles(temp)
        .writeInfo(
            SampleRuns.info(Optional.of(SampleRuns.START.plusSeconds(70)), settings, List.of()));
    return RunReport.of(List.of(temp));
  }

  private static JsonNode overall(RunReport report) throws IOException {
    return new ObjectMapper().readTree(new SummaryJson().text(report)).get("overall");
  }

  private static String console(RunReport report) throws IOException {
    return new ConsoleTable().text(report);
  }

  private static String flat(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static String markdown(RunReport report) throws IOException {
    return new SummaryMarkdown().text(report);
  }

  private static String page(RunReport report) throws IOException {
    return new IndexHtml().text(report);
  }
}
