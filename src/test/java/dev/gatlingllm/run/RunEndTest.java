package dev.gatlingllm.run;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.Share;
import dev.gatlingllm.record.ShareEnd;
import dev.gatlingllm.report.SampleRuns;
import dev.gatlingllm.report.compare.Baseline;
import dev.gatlingllm.stats.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunEndTest {

  private static final String SHARE = "llm.load.share=1/3";

  @TempDir private Path parent;

  private final List<String> halted = new ArrayList<>();

  private void finish(RunFixture fixture, Supplier<EngineReport> engine) {
    finish(fixture, engine, signals(fixture));
  }

  private static StopSignals signals(RunFixture fixture) {
    return new StopSignals(fixture.run::endDrain, fixture.console, () -> {}, () -> {});
  }

  /** The engine went to its end. */
  private static StopSignals over(RunFixture fixture) {
    StopSignals signals =
        new StopSignals(fixture.run::endDrain, fixture.console, () -> {}, () -> {}, () -> true);
    signals.loadIsOver();
    return signals;
  }

  private void finish(RunFixture fixture, Supplier<EngineReport> engine, StopSignals signals) {
    new RunEnd(
            fixture.run,
            engine,
            signals,
            fixture.console,
            code -> halted.add(code == 0 ? "halted with 0" : "halted"))
        .finish();
  }

  private void finish(RunFixture fixture) {
    finish(fixture, () -> EngineReport.NONE);
  }

  @Test
  void aRunIsClosedAndReportedAndItsProcessEndsByItself() {
    try (RunFixture fixture = new RunFixture(parent)) {
      fixture.call().succeed();
      finish(fixture);

      assertThat(fixture.info().end()).isPresent();
      assertThat(fixture.run.folder().resolve("index.html")).isNotEmptyFile();
      assertThat(fixture.console()).contains("[llm] verdict: ");
      assertThat(halted).isEmpty();
    }
  }

  @Test
  void aShareIsRecordedAndMarkedAndNotJudged() throws IOException {
    try (RunFixture fixture = new RunFixture(parent, SHARE, "llm.gate.verdict=trusted")) {
      fixture.run.limits(List.of(e2e("max", 1)));
      fixture.call().succeed();
      finish(fixture);

      RunFiles files = new RunFiles(fixture.run.folder());
      assertThat(files.readShareEnd()).contains(new ShareEnd(new Share(1, 3), List.of()));
      assertThat(fixture.info().end()).isPresent();
      assertThat(fixture.info().limits().orElseThrow()).hasSize(1);
      assertThat(fixture.run.folder().resolve("index.html")).doesNotExist();
      assertThat(fixture.console().stripTrailing())
          .endsWith("[llm] share 1/3 is recorded; it is judged with the others by report --job");
      assertThat(halted).isEmpty();
    }
  }

  @Test
  void aShareWhoseEngineAssertionDidNotHoldRecordsThatAndPasses() {
    AssertionResult red = new AssertionResult("failed requests are 0", false, "3");
    try (RunFixture fixture = new RunFixture(parent, SHARE)) {
      fixture.call().succeed();
      finish(fixture, () -> new EngineReport(Optional.empty(), List.of(red)), over(fixture));

      assertThat(fixture.info().assertions()).contains(red);
      assertThat(halted).containsExactly("halted with 0");
    }
  }

  @Test
  void whatAShareLostStandsInItsEndMark() throws IOException {
    try (RunFixture fixture = new RunFixture(parent, SHARE)) {
      fixture.call().succeed();
      finish(
          fixture,
          () -> {
            throw new IllegalStateException("played");
          },
          over(fixture));

      assertThat(new RunFiles(fixture.run.folder()).readShareEnd().orElseThrow().faults())
          .containsExactly("Gatling's report could not be copied: IllegalStateException.");
      assertThat(halted).isEmpty();
    }
  }

  @Test
  void aShareThatCannotBeMarkedFails() throws IOException {
    try (RunFixture fixture = new RunFixture(parent, SHARE)) {
      fixture.call().succeed();
      Files.createDirectories(new RunFiles(fixture.run.folder()).shareEnd().resolve("in the way"));
      finish(fixture);

      assertThat(fixture.console()).contains("share 1/3 has no end mark");
      assertThat(halted).containsExactly("halted");
    }
  }

  @Test
  void aRunCutByItsFailuresHasFailed() {
    try (RunFixture fixture =
        new RunFixture(parent, "llm.stop.failures=50", "llm.stop.window=10 s")) {
      fixture.call().fail();
      fixture.pass(Duration.ofSeconds(10));
      fixture.call().fail();
      finish(fixture);

      assertThat(fixture.console()).contains("[llm] the run has failed: llm.stop.failures: ");
      assertThat(halted).containsExactly("halted");
    }
  }

  @Test
  void aRunWithoutOneSuccessHasFailedWithoutAnyLimit() throws IOException {
    try (RunFixture fixture = new RunFixture(parent)) {
      fixture.call().fail();
      finish(fixture);

      assertThat(fixture.console())
          .contains("[llm] the run has failed: no call succeeded: 1 call was made, ");
      assertThat(Files.readString(fixture.run.folder().resolve("junit.xml")))
          .contains("tests=\"1\" failures=\"1\"", "name=\"the run: calls succeeded\"");
      assertThat(halted).containsExactly("halted");
    }
  }

  @Test
  void aLimitMissedBeyondDoubtEndsTheRunWhenItsCallsHaveAndSaysSoEverywhere() throws IOException {
    AtomicInteger ends = new AtomicInteger();
    try (RunFixture fixture = new RunFixture(parent, "llm.slo.abort=on")) {
      fixture.run.onStop(ends::incrementAndGet);
      fixture.run.limits(List.of(MissedLimitTest.failures(5)));
      PlayedCall last = fixture.call();
      for (int calls = 0; calls < 100; calls++) {
        fixture.call().fail();
      }
      fixture.run.checkStops();
      RunFixture.await(fixture.run::isDraining);
      assertThat(ends).hasValue(0);
      last.succeed();
      RunFixture.await(() -> ends.get() == 1);
      finish(fixture);

      String why = "llm.slo.failures is missed beyond doubt after 100 calls (0 % keep it)";
      assertThat(fixture.console())
          .containsOnlyOnce("[llm] stopping the run: " + why + ": the load ends (llm.slo.abort)")
          .contains("[llm] the run has failed: llm.slo.abort: " + why)
          .contains("[llm] the run has failed: llm.slo.failures: 99.0 %, limit 5 %");
      for (String file : List.of("junit.xml", "index.html", "summary.md", "run.json")) {
        assertThat(Files.readString(fixture.run.folder().resolve(file)))
            .as(file)
            .contains("llm.slo.abort", "is missed beyond doubt");
      }
      assertThat(halted).containsExactly("halted");
    }
  }

  @Test
  void aRunThatReachesItsCapEndsWhenItsCallsHaveAndSaysSoEverywhere() throws IOException {
    AtomicInteger ends = new AtomicInteger();
    LlmRequest request = LlmRequest.ofPrompt("hello").withMaxTokens(40);
    try (RunFixture fixture = new RunFixture(parent, "llm.spend.maxTokens=60")) {
      fixture.run.onStop(ends::incrementAndGet);
      PlayedCall call = fixture.call();
      assertThat(fixture.run.maySpend(SpendTest.caller(0), "p", request)).isTrue();
      assertThat(fixture.run.maySpend(SpendTest.caller(1), "p", request)).isFalse();
      assertThat(fixture.run.isDraining()).isTrue();
      assertThat(ends).hasValue(0);
      call.succeed();
      RunFixture.await(() -> ends.get() == 1);
      finish(fixture);

      assertThat(fixture.console())
          .contains("[llm] stopping the run: 50 tokens spent or in flight")
          .contains("[llm] the run has failed: llm.spend.maxTokens: 50 tokens spent");
      for (String file : List.of("junit.xml", "index.html", "summary.md", "run.json")) {
        assertThat(Files.readString(fixture.run.folder().resolve(file)))
            .as(file)
            .contains("llm.spend.maxTokens", "50 tokens spent or in flight");
      }
      assertThat(halted).containsExactly("halted");
    }
  }

  @Test
  void aVerdictBelowTheGateFailsTheRun() {
    try (RunFixture fixture = new RunFixture(parent, "llm.gate.verdict=trusted")) {
      fixture.call().succeed();
      finish(fixture);

      assertThat(fixture.console())
          .contains("[llm] the run has failed: llm.gate.verdict: the verdict is ");
      assertThat(halted).containsExactly("halted");
    }
  }

  private static Limit e2e(String statistic, double millis) {
    return new Limit(
        "llm.slo.e2e." + statistic,
        List.of(),
        Measure.E2E.field(),
        statistic,
        Limit.Bound.AT_MOST,
        millis);
  }

  private String lastLines(RunFixture fixture, Limit... limits) {
    fixture.run.limits(List.of(limits));
    fixture.call().succeed();
    finish(fixture);
    List<String> lines = fixture.console().lines().toList();
    return String.join("\n", lines.subList(lines.size() - 5, lines.size()));
  }

  @Test
  void theCauseOfARedRunStandsInItsLastFiveLinesAndInEveryReport() throws IOException {
    try (RunFixture fixture = new RunFixture(parent)) {
      assertThat(lastLines(fixture, e2e("p95", 5000), e2e("mean", 500), e2e("max", 2000)))
          .contains(
              "[llm] the run has failed: llm.slo.e2e.p95: 1,000 ms, limit 5,000 ms, -80 %"
                  + " (undecided: too few calls: p95 needs 59, there were 1)",
              "[llm] the run has failed: llm.slo.e2e.mean: 1,000 ms, limit 500 ms, +100 % (missed by"
                  + " value: 1 call)")
          .doesNotContain("e2e.max");
      assertThat(halted).containsExactly("halted");
      for (String file : List.of("junit.xml", "summary.md", "summary.json", "index.html")) {
        assertThat(Files.readString(fixture.run.folder().resolve(file)))
            .contains(
                "llm.slo.e2e.p95",
                "too few calls: p95 needs 59, there were 1",
                "missed by value: 1 call");
      }
      assertThat(Files.readString(fixture.run.folder().resolve("junit.xml")))
          .contains("tests=\"3\" failures=\"2\"");
    }
  }

  @Test
  void aRunWhoseLimitsAreAllMetListsThem() {
    try (RunFixture fixture = new RunFixture(parent)) {
      lastLines(fixture, e2e("mean", 5000), e2e("max", 1250));
      assertThat(fixture.console())
          .contains(
              "  met       llm.slo.e2e.mean: 1,000 ms, limit 5,000 ms, -80 %",
              "  met       llm.slo.e2e.max: 1,000 ms, limit 1,250 ms, -20 %");
      assertThat(fixture.console().stripTrailing()).endsWith("; the run has passed");
      assertThat(halted).isEmpty();
    }
  }

  @Test
  void aRunThatIsShownToBeWorseThanItsBaselineFailsAndSaysByHowMuch() throws IOException {
    String faster = baseline(500).toString();
    try (RunFixture fixture = comparedWith(faster)) {
      finish(fixture);

      String found =
          "not worse than baseline main, chat: e2e.p50=10%: shown worse: 100.0 % worse, at least"
              + " 100.0 %";
      assertThat(fixture.console()).contains("[llm] the run has failed: " + found);
      assertThat(halted).containsExactly("halted");
      for (String file : List.of("junit.xml", "summary.md", "index.html", "run.json")) {
        assertThat(fixture.run.folder().resolve(file))
            .content()
            .as(file)
            .contains("not worse than baseline main", "shown worse: 100.0");
      }
    }
  }

  @Test
  void aRunThatIsNotShownToBeWorsePassesAndSaysWhatWasFound() throws IOException {
    String same = baseline(1000).toString();
    try (RunFixture fixture = comparedWith(same)) {
      finish(fixture);

      assertThat(fixture.console())
          .contains("[llm] not worse than baseline main, chat: e2e.p50=10%: shown equivalent")
          .contains("chat: e2e.p95=10%: too few calls: each run needs 100");
      assertThat(halted).isEmpty();
    }
  }

  private RunFixture comparedWith(String baseline) {
    RunFixture fixture =
        new RunFixture(
            parent.resolve("runs"),
            "llm.gate.baseline=" + baseline,
            "llm.gate.worse=e2e.p50=10%, e2e.p95=10%");
    for (int i = 0; i < 40; i++) {
      fixture.call().succeed();
    }
    return fixture;
  }

  /** Forty calls, each of which took so long. */
  private Path baseline(double millis) throws IOException {
    Path run = parent.resolve("first");
    SampleRuns.write(
        run, IntStream.range(0, 40).mapToObj(i -> call().id(i).from(0, millis).record()).toList());
    Instant end = SampleRuns.START.plusSeconds(9);
    new RunFiles(run).writeInfo(SampleRuns.info(Optional.of(end), Map.of(), List.of()));
    Path baseline = parent.resolve("main");
    Baseline.write(run, baseline, true);
    return baseline;
  }

  @Test
  void aReportThatCannotBeWrittenIsAFaultOfTheRunAndTheOtherStepsAreTaken() throws IOException {
    List<String> told = new ArrayList<>();
    Hook hook =
        new Hook() {
          @Override
          public void afterRun(RunInfo run, Path folder) {
            told.add("after");
          }
        };
    try (RunFixture fixture = new RunFixture(parent)) {
      fixture.run.tell(new Hooks(List.of(hook), fixture.console));
      fixture.call().succeed();
      Files.createDirectories(fixture.run.folder().resolve("index.html").resolve("in the way"));
      finish(fixture);

      assertThat(fixture.console())
          .contains("[llm] the report of " + fixture.run.folder() + " could not be written: ")
          .contains("[llm] the run has failed: the report of ");
      assertThat(told).containsExactly("after");
      assertThat(halted).containsExactly("halted");
    }
  }

  @Test
  void aRunThatTheEngineGaveUpSaysSoEverywhereAndKeepsTheEnginesExitCode() throws IOException {
    String why = "A feeder has no more rows.";
    try (RunFixture fixture = new RunFixture(parent, "llm.gate.verdict=trusted")) {
      fixture.call().succeed();
      fixture.run.close(false);
      fixture.run.crashed(why);
      finish(fixture);

      assertThat(fixture.info().period().crash()).contains(why);
      assertThat(fixture.info().end()).isPresent();
      assertThat(fixture.console())
          .contains(
              "[llm] the run crashed: " + why,
              "The run crashed, so a part of its load may be missing.");
      Path folder = fixture.run.folder();
      assertThat(Files.readString(folder.resolve("junit.xml")))
          .contains("name=\"the run did not crash\"", "<failure", why);
      assertThat(Files.readString(folder.resolve("index.html")))
          .contains("The run crashed, so a part of its load may be missing.", why);
      assertThat(Files.readString(folder.resolve("summary.json")))
          .contains("\"completeness\" : \"crashed\"");
      assertThat(halted).isEmpty();
    }
  }

  @Test
  void callsThatWereNeverLetGoAreInTheReport() throws IOException {
    try (RunFixture fixture = new RunFixture(parent)) {
      fixture.call().succeed();
      for (int waiting = 0; waiting < 72; waiting++) {
        var unused = fixture.run.ledger().open();
      }
      finish(fixture);

      assertThat(Files.readString(fixture.run.folder().resolve("summary.txt")))
          .contains("note: Calls that never started: 72, beside ");
    }
  }

  @Test
  void hooksAreToldOfTheEndWhenTheReportIsThere() {
    List<Boolean> reported = new ArrayList<>();
    Hook hook =
        new Hook() {
          @Override
          public void afterRun(RunInfo run, Path folder) {
            reported.add(folder.resolve("index.html").toFile().exists());
          }
        };
    try (RunFixture fixture = new RunFixture(parent)) {
      fixture.run.tell(new Hooks(List.of(hook), fixture.console));
      finish(fixture);
    }
    assertThat(reported).containsExactly(true);
  }

  @Test
  void aPartOfTheRunForEachValueOfALabelHasAReportOfItsOwn() {
    try (RunFixture fixture = new RunFixture(parent, "llm.record.splitBy=clients")) {
      fixture.run.unsent(dev.gatlingllm.stats.CallFixture.call().label("clients", "4").record());
      finish(fixture);
      assertThat(fixture.console()).contains("[llm] 1 report of parts of the run: ");
    }
  }
}
