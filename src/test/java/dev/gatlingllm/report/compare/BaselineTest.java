package dev.gatlingllm.report.compare;

import static dev.gatlingllm.stats.CallFixture.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.cli.CommandCall;
import dev.gatlingllm.decision.KeyComparison;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.HealthFixture;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.report.SampleRuns;
import dev.gatlingllm.stats.CallFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {

  private static final String SIMULATION = "sweep.LadderSimulation";

  @TempDir private Path temp;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aBaselineHasNothingThatNamesTheServicesIdsOrQuotesTexts() throws IOException {
    Path run = run("run", 300, Map.of("llm.description", "my secret plan", "llm.load.rpm", "60"));
    assertThat(baseline(run, temp.resolve("kept"))).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("Made " + temp.resolve("kept") + " from run: 120 calls, ")
        .contains(" kB, verdict trusted");

    for (String file : List.of("calls.jsonl", "run.json", "baseline.json")) {
      assertThat(temp.resolve("kept").resolve(file))
          .content()
          .doesNotContain(
              "req-1", "429 throttled", "slow down", "secret plan", "interChunkNanos\":[");
    }
    assertThat(Files.size(temp.resolve("kept/calls.jsonl")))
        .isLessThan(Files.size(run.resolve("calls.jsonl")));
  }

  @Test
  void aComparisonFindsInABaselineWhatItFindsInItsRun() throws IOException {
    Path run = run("run", 300, Map.of());
    Path later = run("later", 320, Map.of());
    baseline(run, temp.resolve("kept"));

    KeyComparison ofRun = ComparedRuns.of(run, later).comparison().overall();
    ComparedRuns ofBaseline = ComparedRuns.of(temp.resolve("kept"), later);
    assertThat(ofBaseline.comparison().overall().quantiles()).isEqualTo(ofRun.quantiles());
    assertThat(ofBaseline.comparison().overall().shares()).isEqualTo(ofRun.shares());
    assertThat(ofBaseline.distrust()).isEmpty();
  }

  @Test
  void aBaselineIsRenewedInPlaceAndARunIsNeverOverwritten() throws IOException {
    Path run = run("run", 300, Map.of());
    Path other = run("other", 300, Map.of());
    baseline(run, temp.resolve("kept"));
    out.reset();
    assertThat(baseline(other, temp.resolve("kept"))).isZero();
    assertThat(out.toString(UTF_8)).startsWith("Renewed ").contains(" from other: ");
    assertThat(baseline(run, other)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("other is the folder of a run, not of a baseline");
  }

  @Test
  void aRunThatIsNotTrustedMakesABaselineOnlyIfThatIsAccepted() throws IOException {
    Path run = run("run", 300, Map.of());
    Files.delete(new RunFiles(run).health());
    assertThat(baseline(run, temp.resolve("kept"))).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("run is unknown: ", "--accept-untrusted");
    assertThat(baseline(run, temp.resolve("kept"), "--accept-untrusted")).isZero();
    assertThat(new RunFiles(temp.resolve("kept")).readBaseline().verdict()).isEqualTo("unknown");
  }

  @Test
  void otherLoadIsRefusedByItsNamesUnlessItIsAcceptedAndAnotherServiceIsNot() throws IOException {
    baseline(
        run("run", 300, Map.of("llm.load.rpm", "60", "llm.provider", "openai")),
        temp.resolve("kept"));
    BaselineGate gate = gate("ttft.p50=10%");
    Map<String, String> same = Map.of("llm.load.rpm", "60", "llm.provider", "bedrock");
    Map<String, String> more = Map.of("llm.load.rpm", "90", "llm.provider", "openai");

    assertThatCode(() -> gate.check(SIMULATION, same, false)).doesNotThrowAnyException();
    assertThat(gate.differenceText(SIMULATION, same))
        .endsWith("made with other settings: llm.provider: openai against bedrock");
    assertThatCode(() -> gate.check(SIMULATION, more, true)).doesNotThrowAnyException();
    assertThatThrownBy(() -> gate.check("rpm.Other", more, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "made with other settings: simulation: sweep.LadderSimulation against rpm.Other;"
                + " llm.load.rpm: 60 against 90.")
        .hasMessageContaining("llm.gate.otherSettings = accept");
  }

  @Test
  void aBaselineOfALaterReleaseIsRefused() throws IOException {
    baseline(run("run", 300, Map.of()), temp.resolve("kept"));
    Path file = new RunFiles(temp.resolve("kept")).baseline();
    Files.writeString(
        file, Files.readString(file).replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 9"));
    assertThatThrownBy(() -> gate("ttft.p50=10%").check(SIMULATION, Map.of(), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has schemaVersion 9; this release of gatling-llm reads 1 to 1")
        .hasMessageContaining("Renew the baseline");
  }

  @Test
  void aGateThatNamesNothingKnownIsRefusedByItsSetting() {
    assertThatThrownBy(() -> gate("speed=1%"))
        .hasMessageStartingWith("llm.gate.worse must be failures=N% or one of ttft.p50|p90")
        .hasMessageEndingWith("was \"speed=1%\"");
    assertThatThrownBy(() -> BaselineGate.of("main", List.of()))
        .hasMessageStartingWith("llm.gate.worse must name what llm.gate.baseline decides");
  }

  @Test
  void onlyWhatIsShownToBeWorseFails() throws IOException {
    baseline(run("run", 300, Map.of()), temp.resolve("kept"));
    BaselineGate gate = gate("ttft.p50=10%", "ttft.p99=10%", "utilization.p50=1%");

    assertThat(gate.judge(run("same", 300, Map.of())))
        .extracting(AssertionResult::passed, AssertionResult::actual)
        .satisfiesExactly(
            first -> assertThat(first.toList().get(1)).asString().startsWith("shown equivalent: "),
            second ->
                assertThat(second.toList())
                    .containsExactly(true, "too few calls: each run needs 500"),
            third -> assertThat(third.toList()).containsExactly(true, "not measured"));
    assertThat(gate.judge(run("slower", 360, Map.of())))
        .extracting(AssertionResult::passed)
        .containsExactly(false, true, true);
  }

  @Test
  void callsThatTheBaselineDoesNotKnowFailBecauseNothingCanBeCompared() throws IOException {
    baseline(run("run", 300, Map.of()), temp.resolve("kept"));
    Path other = write("other", List.of(call().name("summarise").record()), Map.of());
    assertThat(gate("ttft.p50=10%").judge(other))
        .extracting(AssertionResult::passed, AssertionResult::actual)
        .allSatisfy(
            result -> assertThat(result.toList()).containsExactly(false, "in one run alone"));
  }

  private BaselineGate gate(String... worse) {
    return BaselineGate.of(temp.resolve("kept").toString(), List.of(worse));
  }

  private int baseline(Path run, Path target, String... more) {
    List<String> arguments =
        Stream.concat(Stream.of(run.toString(), target.toString()), Stream.of(more)).toList();
    return CommandCall.run(
        "baseline",
        arguments,
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  private Path run(String name, double ttft, Map<String, String> settings) throws IOException {
    return write(
        name,
        IntStream.range(0, 120).mapToObj(i -> one(i, ttft + 1.25 * (i % 13))).toList(),
        settings);
  }

  private static CallRecord one(int i, double first) {
    CallFixture call =
        call()
            .id(i)
            .from(500 * i, 500 * i + first + 490)
            .streamed(first, first + 480)
            .tokens(100, 49)
            .interChunkMicros(
                9_000L, 1L, 9_500L, 1L, 9_700L, 3L, 9_800L, 5L, 9_900L, 7L, 10_000L, 24L, 11_000L,
                4L, 12_000L, 2L, 13_000L, 1L)
            .served(200, "req-" + i, "", "stop");
    return i % 10 == 0
        ? call.ended(Outcome.THROTTLED, "429 throttled").detail("slow down").record()
        : call.record();
  }

  private Path write(String name, List<CallRecord> calls, Map<String, String> settings)
      throws IOException {
    Path folder = temp.resolve(name);
    SampleRuns.write(folder, calls);
    SampleRuns.writeHealth(
        folder,
        IntStream.range(0, 400).mapToObj(i -> HealthFixture.sample().number(i).make()).toList());
    new RunFiles(folder)
        .writeInfo(
            SampleRuns.info(Optional.of(SampleRuns.START.plusSeconds(100)), settings, List.of()));
    return folder;
  }
}
