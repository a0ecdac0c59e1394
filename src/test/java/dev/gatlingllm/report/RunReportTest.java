package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.cost.CallCosts;
import dev.gatlingllm.health.Trust;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.record.Accounting;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Goodput;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.Quantile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {

  @TempDir private Path temp;

  @Test
  void aRunWithAnEndIsComplete() throws IOException {
    RunReport report = RunReport.of(List.of(SampleRuns.ladder(temp)));
    assertThat(report.completeness()).isEqualTo(Completeness.COMPLETE);
    assertThat(report.title()).isEqualTo("LadderSimulation");
    assertThat(report.durationSeconds()).hasValue(90);
    assertThat(report.failedAssertions()).isEqualTo(1);
  }

  /** The ladder, whose run wrote so many records more than there are. */
  private RunReport accounted(long missing, String... problems) throws IOException {
    RunFiles files = new RunFiles(SampleRuns.ladder(temp));
    long written = records(files) + missing;
    Accounting sums =
        new Accounting(
            OptionalLong.empty(),
            written,
            0,
            0,
            0,
            0,
            new TreeMap<>(),
            0,
            written,
            0,
            List.of(problems));
    files.writeInfo(files.readInfo().withAccounting(Optional.of(sums)));
    return RunReport.of(List.of(files.folder()));
  }

  private static long records(RunFiles files) throws IOException {
    try (Stream<String> lines = Files.lines(files.calls())) {
      return lines.count();
    }
  }

  @Test
  void aRunThatDoesNotAddUpIsInvalidAndHasAFailedAssertion() throws IOException {
    String problem = "2 calls were sent, but 1 ended.";
    RunReport report = accounted(0, problem);
    assertThat(report.client().verdict().level()).isEqualTo(Trust.INVALID);
    assertThat(report.client().verdict().reasons().get(0)).isEqualTo(problem);
    assertThat(report.assertions())
        .contains(new AssertionResult("every call is accounted for", false, problem));
  }

  @Test
  void recordsThatWereWrittenAndAreNotThereMakeARunInvalid() throws IOException {
    RunReport report = accounted(3);
    long records = records(new RunFiles(temp));
    assertThat(report.client().verdict().level()).isEqualTo(Trust.INVALID);
    assertThat(report.client().verdict().reasons().get(0))
        .isEqualTo(
            "calls.jsonl has " + records + " records, but the run wrote " + (records + 3) + ".");
  }

  @Test
  void aRunThatAddsUpIsJudgedByItsHealth() throws IOException {
    RunReport report = accounted(0);
    assertThat(report.client().verdict().level()).isEqualTo(Trust.DEGRADED);
    assertThat(report.assertions())
        .extracting(AssertionResult::text)
        .noneMatch(text -> text.contains("accounted"));
  }

  @Test
  void theVerdictIsMadeFromTheFilesOfTheRun() throws IOException {
    RunReport report = RunReport.of(List.of(SampleRuns.ladder(temp)));
    assertThat(report.client().verdict().level()).isEqualTo(Trust.DEGRADED);
    assertThat(report.client().verdict().reasons().get(0)).startsWith("An event loop did not");
    assertThat(report.client().series().slices()).hasSize(180);
    assertThat(report.assertions().get(2).text()).isEqualTo("verdict is trusted or degraded");
    assertThat(report.assertions().get(2).passed()).isTrue();
  }

  @Test
  void aRunOfAnOlderReleaseIsOfUnknownTrust() throws IOException {
    RunReport report = RunReport.of(List.of(SampleRuns.killed(temp)));
    assertThat(report.client().verdict().level()).isEqualTo(Trust.UNKNOWN);
    assertThat(report.client().verdict().reasons())
        .containsExactly("There is no health.jsonl: how the client was is unknown.");
    assertThat(report.client().series().slices()).isEmpty();
  }

  @Test
  void aKilledRunIsJudgedByTheSamplesItHas() throws IOException {
    Path run = SampleRuns.killed(temp);
    SampleRuns.writeHealth(run, SampleRuns.ladderHealth().subList(0, 20));
    Files.writeString(
        new RunFiles(run).health(), "{\"schemaVersion\":1,", StandardOpenOption.APPEND);
    Verdict verdict = RunReport.of(List.of(run)).client().verdict();
    assertThat(verdict.level()).as(verdict.line()).isEqualTo(Trust.TRUSTED);
    assertThat(verdict.samples()).isEqualTo(20);
  }

  @Test
  void samplesThatEndBeforeTheCallsDoNotMakeATrustedRun() throws IOException {
    Path run = SampleRuns.ladder(temp);
    Files.delete(new RunFiles(run).health());
    SampleRuns.writeHealth(run, SampleRuns.ladderHealth().subList(0, 100));
    Verdict verdict = RunReport.of(List.of(run)).client().verdict();
    assertThat(verdict.level()).isEqualTo(Trust.DEGRADED);
    assertThat(verdict.reasons()).anyMatch(reason -> reason.contains("could not even be watched"));
  }

  @Test
  void ofSeveralRunsTheWorstVerdictIsToldWithItsName() throws IOException {
    Path good = run("good", SampleRuns.START, Map.of());
    SampleRuns.writeHealth(good, SampleRuns.ladderHealth().subList(0, 60));
    Path bad = run("bad", SampleRuns.START, Map.of("llm.maxConnections", "2"));
    SampleRuns.writeHealth(bad, SampleRuns.ladderHealth());
    Verdict verdict = RunReport.of(List.of(good, bad)).client().verdict();
    assertThat(verdict.level()).isEqualTo(Trust.DEGRADED);
    assertThat(verdict.reasons())
        .anyMatch(reason -> reason.startsWith("bad: An event loop"))
        .anyMatch(reason -> reason.startsWith("bad: More calls were in flight"));
    assertThat(RunReport.of(List.of(good)).client().verdict().level()).isEqualTo(Trust.TRUSTED);
  }

  @Test
  void aRunWithoutAnEndWasKilled() throws IOException {
    RunReport report = RunReport.of(List.of(SampleRuns.killed(temp)));
    assertThat(report.completeness()).isEqualTo(Completeness.KILLED);
    assertThat(report.durationSeconds()).isEmpty();
  }

  @Test
  void aCutLastLineMeansTheRunWasKilled() throws IOException {
    Path run = SampleRuns.ladder(temp);
    Files.writeString(
        new RunFiles(run).calls(), "{\"schemaVersion\":1,\"id\":9", StandardOpenOption.APPEND);
    RunReport report = RunReport.of(List.of(run));
    assertThat(report.completeness()).isEqualTo(Completeness.KILLED);
    assertThat(report.statistics().overall().counts().succeeded()).isEqualTo(150);
    assertThat(report.notes()).anyMatch(note -> note.contains("is cut"));
  }

  @Test
  void callsAloneMakeAReportThatSaysSo() throws IOException {
    SampleRuns.write(temp.resolve("old-run"), SampleRuns.ladderCalls());
    RunReport report = RunReport.of(List.of(temp.resolve("old-run")));
    assertThat(report.title()).isEqualTo("old-run");
    assertThat(report.completeness()).isEqualTo(Completeness.UNKNOWN);
    assertThat(report.statistics().overall().counts().succeeded()).isEqualTo(150);
    assertThat(report.notes().get(0)).startsWith("There is no ").contains("calls.jsonl alone");
  }

  @Test
  void anUnreadableRunJsonIsToldAndTheCallsAreReported() throws IOException {
    Path run = SampleRuns.ladder(temp);
    Files.writeString(new RunFiles(run).runJson(), "{\"schemaVersion\":1,");
    RunReport report = RunReport.of(List.of(run));
    assertThat(report.completeness()).isEqualTo(Completeness.UNKNOWN);
    assertThat(report.notes().get(0)).contains("run.json: is not valid JSON at line 1");
  }

  @Test
  void aFolderThatIsNoRunOrIsNamedTwiceIsRefused() throws IOException {
    assertThatThrownBy(() -> RunReport.of(List.of(temp)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no calls.jsonl");
    Path run = SampleRuns.ladder(temp.resolve("a"));
    assertThatThrownBy(() -> RunReport.of(List.of(run, temp.resolve("b/../a"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("named twice");
  }

  @Test
  void whatTheCallsOfSeveralRunsCostIsAddedUpByName() throws IOException {
    Path a = SampleRuns.cached(temp.resolve("a"));
    Path b = SampleRuns.cached(temp.resolve("b"));
    CallCosts one = RunReport.of(List.of(a)).callCosts().orElseThrow();
    CallCosts both = RunReport.of(List.of(a, b)).callCosts().orElseThrow();
    assertThat(both.byKey()).hasSameSizeAs(one.byKey()).hasSize(2);
    assertThat(both.byKey().get(0).ofOneCall().n()).isEqualTo(120);
    assertThat(both.all().total().orElseThrow())
        .isEqualByComparingTo(one.all().total().orElseThrow().multiply(BigDecimal.valueOf(2)));
  }

  @Test
  void aRunPricedInAnotherCurrencyIsInNoAmount() throws IOException {
    Path a = SampleRuns.cached(temp.resolve("a"));
    Path b = SampleRuns.cached(temp.resolve("b"));
    Files.writeString(
        new RunFiles(b).prices(), Files.readString(new RunFiles(b).prices()).replace("USD", "EUR"));
    RunReport one = RunReport.of(List.of(a));
    RunReport both = RunReport.of(List.of(a, b));
    assertThat(both.cost()).isEqualTo(one.cost().map(cost -> cost.plusUnpriced(120)));
    assertThat(both.callCosts().orElseThrow().all().total())
        .isEqualTo(one.callCosts().orElseThrow().all().total());
    assertThat(both.notes()).anyMatch(note -> note.contains("different currencies"));
  }

  @Test
  void theCallsOfARunWithoutPricesAreCountedAndNamedInAMerge() throws IOException {
    Path a = SampleRuns.cached(temp.resolve("a"));
    Path b = SampleRuns.cached(temp.resolve("b"));
    Files.delete(new RunFiles(b).prices());
    RunReport one = RunReport.of(List.of(a));
    RunReport both = RunReport.of(List.of(a, b));
    assertThat(both.cost()).isEqualTo(one.cost().map(cost -> cost.plusUnpriced(120)));
    assertThat(both.callCosts().orElseThrow().all().withoutPrice()).isEqualTo(120);
    assertThat(both.notes()).contains("b: 120 billed calls without a price, in no amount.");
    assertThat(RunReport.of(List.of(b)).cost()).isEmpty();
  }

  @Test
  void severalRunsAreLaidOverTheWallClock() throws IOException {
    Path late = run("late", SampleRuns.START.plusSeconds(30), Map.of());
    Path early = run("early", SampleRuns.START, Map.of());
    RunReport merged = RunReport.of(List.of(late, early));
    assertThat(merged.runs()).containsExactly("early", "late");
    assertThat(merged.statistics().overall().counts().started()).isEqualTo(2);
    // 10 s to 11 s, and 40 s to 41 s.
    assertThat(merged.statistics().overall().throughput().wallSeconds()).hasValue(31);
    assertThat(merged.statistics().overall().series().buckets()).hasSize(21);
    assertThat(merged.durationSeconds()).hasValue(90);
    assertThat(merged.assertions())
        .extracting(AssertionResult::text)
        .containsExactly("early: fine", "late: fine");
  }

  @Test
  void mergingARunWhoseStartIsUnknownIsToldApart() throws IOException {
    Path known = run("known", SampleRuns.START, Map.of());
    SampleRuns.write(temp.resolve("unknown"), List.of(call().record()));
    RunReport merged = RunReport.of(List.of(temp.resolve("unknown"), known));
    assertThat(merged.runs()).containsExactly("known", "unknown");
    assertThat(merged.notes()).anyMatch(note -> note.startsWith("When unknown started is unknown"));
  }

  @Test
  void theLimitsOfACallComeFromTheConfiguration() throws IOException {
    Path run =
        run("slo", SampleRuns.START, Map.of("llm.slo.call.e2e", "2 s", "llm.slo.call.ttft", ""));
    Goodput goodput = RunReport.of(List.of(run)).statistics().overall().goodput().orElseThrow();
    assertThat(goodput.percent()).hasValue(100);
    assertThat(goodput.objectives().ttft()).isEmpty();
    assertThat(goodput.objectives().e2e().orElseThrow()).hasSeconds(2);
  }

  @Test
  void aLimitThatIsNoDurationIsRefusedWithItsKey() throws IOException {
    for (String value : List.of("soon", "-1 s", "0ms")) {
      Path run = run("bad", SampleRuns.START, Map.of("llm.slo.call.tpot", value));
      assertThatThrownBy(() -> RunReport.of(List.of(run)))
          .isInstanceOf(RecordFormatException.class)
          .hasMessageContainingAll("llm.slo.call.tpot", value, "500ms");
    }
  }

  @Test
  void percentilesOfFewCallsAreToldIfAskedFor() throws IOException {
    Path run = SampleRuns.killed(temp);
    CallStatistics strict = RunReport.of(List.of(run)).statistics().overall();
    CallStatistics all = RunReport.of(List.of(run), PercentileRule.SHOW_ALL).statistics().overall();
    assertThat(strict.of(Measure.TTFT).at(Quantile.P99)).isEmpty();
    assertThat(all.of(Measure.TTFT).at(Quantile.P99)).isPresent();
  }

  private Path run(String name, Instant start, Map<String, String> configuration)
      throws IOException {
    Path folder = temp.resolve(name);
    SampleRuns.write(folder, List.of(call().from(10_000, 11_000).record()));
    new RunFiles(folder)
        .writeInfo(
            RunInfo.begun(
                    "a.Simulation",
                    "",
                    start,
                    new RunInfo.Setup(1, "", configuration, Map.of(), Map.of()))
                .ended(start.plusSeconds(60), false)
                .withAssertions(List.of(new AssertionResult("fine", true, "1"))));
    return folder;
  }
}
