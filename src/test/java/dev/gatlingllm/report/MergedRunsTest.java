package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.record.Limit;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedRunsTest {

  private static final Map<String, String> OPEN = Map.of("llm.load.rpm", "60");

  @TempDir private Path temp;

  /** One call a second for a minute, on a machine whose clock is so many seconds late. */
  private Path run(String name, double late, long seed, Map<String, String> settings)
      throws IOException {
    return run(name, late, seed, settings, name + "-host");
  }

  private Path run(String name, double late, long seed, Map<String, String> settings, String host)
      throws IOException {
    Path folder = temp.resolve(name);
    SampleRuns.write(
        folder,
        IntStream.range(0, 60)
            .mapToObj(i -> call().id(i).from(1000 * i, 1000 * i + 400).record())
            .toList());
    Instant start = SampleRuns.START.plusMillis((long) (1000 * late));
    new RunFiles(folder)
        .writeInfo(
            RunInfo.begun(
                    "rpm.RpmSimulation",
                    "",
                    start,
                    new RunInfo.Setup(
                        seed, "", settings, Map.of("project", "1.0"), Map.of("name", host)))
                .ended(start.plusSeconds(61), false));
    return folder;
  }

  private static double rpm(RunReport report) {
    return report.statistics().overall().throughput().requestsPerMinute().orElseThrow();
  }

  @Test
  void aClockThatIsThreeSecondsLateMovesNoRateAndIsReported() throws IOException {
    RunReport merged = RunReport.of(List.of(run("a", 0, 1, OPEN), run("b", 3, 2, OPEN)));
    assertThat(rpm(merged)).isCloseTo(120, within(1e-6));
    assertThat(merged.notes())
        .contains(
            "The runs went together: rates are the sums of theirs, whatever their clocks say.",
            "b began 3.0 s after a by the clocks of their machines. If they were started at once,"
                + " that is how far the clocks differ, and the course over time is shifted by it.");
  }

  @Test
  void runsOneAfterTheOtherHaveTheRateOfTheirLoadTimesTogether() throws IOException {
    RunReport merged = RunReport.of(List.of(run("a", 0, 1, OPEN), run("b", 300, 1, OPEN)));
    assertThat(rpm(merged)).isCloseTo(60, within(1e-6));
    assertThat(merged.notes())
        .anyMatch(note -> note.startsWith("The runs went one after the other"))
        .noneMatch(note -> note.contains("was sent twice"));
  }

  @Test
  void howFarTheClocksCouldMoveTheRateOfRunsThatOverlapInPartIsReported() throws IOException {
    RunReport merged = RunReport.of(List.of(run("a", 0, 1, OPEN), run("b", 40, 2, OPEN)));
    assertThat(rpm(merged)).isCloseTo(72, within(1e-6));
    assertThat(merged.notes())
        .contains(
            "No clock is common to the machines of these runs: for each second between theirs,"
                + " rates are up to 1.0 % off, and the course over time is shifted.");
    assertThat(json(merged)).contains("\"rateErrorPercentPerSecond\" : 1");
  }

  @Test
  void runsOfOneMachineHaveOneClock() throws IOException {
    RunReport merged =
        RunReport.of(List.of(run("a", 0, 1, OPEN, "one"), run("b", 40, 2, OPEN, "one")));
    assertThat(merged.notes()).noneMatch(note -> note.contains("clock is common"));
    assertThat(json(merged)).contains("\"oneClock\" : true");
  }

  @Test
  void arrivalsThatWereSentTwiceAreReported() throws IOException {
    assertThat(RunReport.of(List.of(run("a", 0, 7, OPEN), run("b", 1, 7, OPEN))).notes())
        .contains(
            "a and b have seed 7 and the same load at the same time: each arrival and prompt was"
                + " sent twice. Give each run its own llm.seed.");
    Map<String, String> closed = Map.of("llm.load.clients", "4");
    assertThat(RunReport.of(List.of(run("c", 0, 7, closed), run("d", 1, 7, closed))).notes())
        .noneMatch(note -> note.contains("was sent twice"));
  }

  @Test
  void whatTheRunsDifferInIsReportedByKeyWithBothValues() throws IOException {
    Path a = run("a", 0, 1, Map.of("llm.load.rpm", "60", "llm.model", "gpt", "llm.seed", "1"));
    Path b = run("b", 1, 2, Map.of("llm.load.rpm", "90", "llm.seed", "2"));
    Files.writeString(new RunFiles(a).prices(), "currency = EUR\nmodels = []\n");
    assertThat(RunReport.of(List.of(a, b)).notes())
        .contains(
            "The runs differ in seed: 1 in a, 2 in b.",
            "The runs differ in prices.conf: price list 1 in a, no prices in b.",
            "The runs differ in llm.load.rpm: 60 in a, 90 in b.",
            "The runs differ in llm.model: gpt in a, not set in b.")
        .noneMatch(note -> note.contains("llm.seed:"));
  }

  @Test
  void textsOfTheUserAreNotPrintedAndLongOnesNotInFull() throws IOException {
    Map<String, String> one = new HashMap<>(OPEN);
    one.put("llm.request.headers.x-team", "hush-hush");
    one.put("llm.profile.words", "w".repeat(90));
    RunReport merged = RunReport.of(List.of(run("a", 0, 1, one), run("b", 0, 1, OPEN)));
    assertThat(json(merged)).doesNotContain("hush-hush").doesNotContain("w".repeat(61));
    assertThat(merged.notes())
        .contains(
            "The runs differ in llm.request.headers.x-team: a text that is not shown in a, not set"
                + " in b.",
            "The runs differ in llm.profile.words: a text of 90 characters in a, not set in b.");
  }

  @Test
  void limitsThatDifferAreAllDecidedOnAllCallsAndThatIsReported() throws IOException {
    Path a = limited("a", Map.of("llm.slo.e2e.p95", "500 ms"), 500);
    Path b = limited("b", Map.of("llm.slo.e2e.p95", "300 ms"), 300);
    RunReport merged = RunReport.of(List.of(a, b));
    assertThat(merged.limits()).hasSize(2).allMatch(limit -> limit.calls() == 120);
    assertThat(merged.notes())
        .contains(
            "The runs differ in llm.slo.e2e.p95: 500 ms in a, 300 ms in b.",
            "The limits of all runs are decided, each on the calls of all of them; what llm.gate"
                + " says of undecided ones is taken from a.");
  }

  private Path limited(String name, Map<String, String> settings, double millis)
      throws IOException {
    Path folder = run(name, 0, 1, settings);
    RunFiles files = new RunFiles(folder);
    files.writeInfo(
        files
            .readInfo()
            .withLimits(
                List.of(
                    new Limit(
                        "llm.slo.e2e.p95",
                        List.of("chat"),
                        "e2eMillis",
                        "p95",
                        Limit.Bound.AT_MOST,
                        millis))));
    return folder;
  }

  @Test
  void aSingleRunIsNotMerged() throws IOException {
    RunReport alone = RunReport.of(List.of(run("a", 0, 1, OPEN)));
    assertThat(alone.merged()).isEqualTo(Optional.empty());
    assertThat(json(alone)).doesNotContain("\"merge\"");
  }

  private static String json(RunReport report) throws IOException {
    StringWriter text = new StringWriter();
    new SummaryJson().write(report, text);
    return text.toString();
  }
}
