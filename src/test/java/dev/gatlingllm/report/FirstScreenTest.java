package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.record.PlannedLoad;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.report.LimitsView.Row;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstScreenTest {

  private static final List<Limit> LIMITS =
      List.of(
          new Limit("llm.slo.ttft.p95", List.of(), "ttftMillis", "p95", Limit.Bound.AT_MOST, 500),
          new Limit("llm.slo.ttft.p99", List.of(), "ttftMillis", "p99", Limit.Bound.AT_MOST, 500),
          new Limit("llm.slo.e2e.mean", List.of(), "e2eMillis", "mean", Limit.Bound.BELOW, 200));

  @TempDir private Path temp;

  private RunReport report(Map<String, String> settings, List<Limit> limits) throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      calls.add(call().id(i).from(500.0 * i, 500.0 * i + 300).streamed(100, 290).record());
    }
    SampleRuns.write(temp, calls);
    RunInfo info =
        SampleRuns.info(Optional.of(SampleRuns.START.plusSeconds(60)), settings, List.of())
            .withLimits(limits)
            .withPreparation(
                new RunInfo.Preparation(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("500/500 tokens"),
                        Optional.empty())
                    .withLoad(
                        new PlannedLoad(
                            "120 arrivals/min for 1 min",
                            OptionalDouble.of(60),
                            OptionalLong.of(120))));
    new RunFiles(temp).writeInfo(info);
    return RunReport.of(List.of(temp));
  }

  @Test
  void theLoadIsOneLine() throws IOException {
    assertThat(LoadLine.of(report(Map.of("llm.provider", "simulator"), List.of())))
        .containsExactly(
            "120 arrivals/min for 1 min",
            "500/500 tokens",
            "simulated endpoint (azure-openai / gpt-4o)");
    assertThat(
            LoadLine.of(
                report(
                    Map.of(
                        "llm.provider",
                        "openai",
                        "llm.openai.baseUrl",
                        "http://127.0.0.1:9/v1?key=secret"),
                    List.of())))
        .last()
        .isEqualTo("azure-openai / gpt-4o at 127.0.0.1:9");
  }

  @Test
  void limitsHaveTheirMarkValueAndMargin() throws IOException {
    assertThat(LimitsView.of(report(Map.of(), LIMITS)).rows())
        .containsExactly(
            new Row(
                "missed", "✗", "llm.slo.e2e.mean", "300 ms", "< 200 ms", "+50 %", "120 calls", ""),
            new Row(
                "undecided",
                "?",
                "llm.slo.ttft.p99",
                "100 ms",
                "≤ 500 ms",
                "-80 %",
                "120 calls",
                "too few calls: p99 needs 299, there were 120"),
            new Row(
                "met", "✓", "llm.slo.ttft.p95", "100 ms", "≤ 500 ms", "-80 %", "120 calls", ""));
  }

  @Test
  void theAnswersComeInTheirOrder() throws IOException {
    StringWriter page = new StringWriter();
    new IndexHtml().write(report(Map.of(), LIMITS), page);

    assertThat(page.toString().replaceAll("(?s)<(script|style)\\b.*?</\\1>", ""))
        .containsSubsequence(
            "aria-label=\"Conclusion\"",
            "aria-label=\"Load\"",
            "aria-label=\"Limits\"",
            "aria-label=\"Headline numbers\"",
            "TTFT p50",
            "tokens/s p50",
            "e2e p50",
            "Completed rpm",
            "Success rate",
            "How the client was is unknown",
            "class=\"facts\"",
            "id=\"distributions\"");
  }

  @Test
  void theConsoleEndsWithWhatWasFoundTheLimitsAndTheReport() throws IOException {
    RunReport report = report(Map.of(), LIMITS);

    assertThat(ConsoleEnd.of(report, temp).lines().toList())
        .containsSubsequence(
            "  MISSED    llm.slo.e2e.mean: 300 ms, limit below 200 ms, +50 % (missed by value: 120 calls)",
            "  met       llm.slo.ttft.p95: 100 ms, limit 500 ms, -80 % (met: 120 calls)")
        .last()
        .isEqualTo(
            "Report: "
                + temp.resolve("index.html")
                + " (all tables as text: summary.txt beside it)");
    assertThat(ConsoleEnd.of(report, temp)).doesNotContain("1 of 3 limits are met");
  }

  @Test
  void theConsoleSaysThatThereIsNoLimitBeforeWhatToDoAboutIt() throws IOException {
    assertThat(ConsoleEnd.of(report(Map.of(), List.of()), temp))
        .containsOnlyOnce("no limit is set (llm.slo)")
        .containsSubsequence("no limit is set", "Next: Set a limit");
  }
}
