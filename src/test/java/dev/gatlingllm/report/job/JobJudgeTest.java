package dev.gatlingllm.report.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.decision.LimitResult;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.Share;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.report.SampleRuns;
import dev.gatlingllm.report.compare.Baseline;
import dev.gatlingllm.report.compare.BaselineGate;
import dev.gatlingllm.stats.PercentileRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobJudgeTest {

  @TempDir private Path temp;

  private final AtomicLong nanos = new AtomicLong();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, UTF_8);
  private JobFolder job;

  @BeforeEach
  void aFolder() {
    job = new JobFolder(temp.resolve("job"));
  }

  private interface Meanwhile {
    void happens(Duration sinceTheWaitBegan) throws IOException;
  }

  private JobJudge judge(Duration atMost, Meanwhile meanwhile) throws IOException {
    JobWait.Pause pause =
        time -> {
          long now = nanos.addAndGet(time.toNanos());
          try {
            meanwhile.happens(Duration.ofNanos(now));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    return JobJudge.of(
        job.folder,
        new JobWait(job.folder, atMost, nanos::get, pause, out),
        PercentileRule.WITHHOLD_WHEN_FEW,
        Optional.empty());
  }

  private JobJudge judge() throws IOException {
    return judge(Duration.ZERO, since -> {});
  }

  private static LimitResult limit(JobJudge judged) {
    assertThat(judged.report().limits()).hasSize(1);
    return judged.report().limits().get(0);
  }

  @Test
  void theLimitIsDecidedOnTheCallsOfAllSharesThoughNoShareHasEnoughOfThem() throws IOException {
    RunFiles first = job.ended(0, 3);
    job.ended(1, 3);
    job.ended(2, 3);

    assertThat(RunReport.of(List.of(first.folder())).limits())
        .allMatch(limit -> limit.outcome() == Outcome.UNDECIDED);
    JobJudge judged = judge();
    assertThat(limit(judged).outcome()).isEqualTo(Outcome.MET);
    assertThat(limit(judged).calls()).isEqualTo(120);
    assertThat(judged.causes()).isEmpty();
    assertThat(judged.tell(out)).isTrue();
    assertThat(printed.toString(UTF_8).stripTrailing())
        .startsWith("[llm] 3 shares have ended")
        .endsWith("; the run has passed");
  }

  @Test
  void aLimitThatIsMissedFailsTheJob() throws IOException {
    job.callsTake(600);
    job.ended(0, 2);
    job.ended(1, 2);

    JobJudge judged = judge();
    assertThat(judged.tell(out)).isFalse();
    assertThat(judged.causes())
        .singleElement()
        .asString()
        .startsWith("llm.slo.e2e.p95: 600 ms, limit 500 ms");
    assertThat(printed.toString(UTF_8)).contains("[llm] the run has failed: llm.slo.e2e.p95: 600");
  }

  @Test
  void itWaitsForTheLastEndMarkAndNoLonger() throws IOException {
    job.ended(0, 2);
    RunFiles late = job.begun(1, 2);

    JobJudge judged =
        judge(
            Duration.ofMinutes(10),
            since -> {
              if (since.toSeconds() == 60) {
                JobFolder.end(late);
              }
              if (since.toSeconds() == 80) {
                JobFolder.mark(late, new Share(1, 2));
              }
            });
    assertThat(Duration.ofNanos(nanos.get())).isEqualTo(Duration.ofSeconds(80));
    assertThat(judged.causes()).isEmpty();
    assertThat(printed.toString(UTF_8).lines())
        .containsExactly(
            "[llm] 1 of 2 shares have ended, 2 have begun: waiting, 10 min 00 s at most",
            "[llm] 2 shares have ended");
  }

  @Test
  void aShareThatNeverBeganIsNamedAtTheTimeLimitAndTheJobFailsWithLimitsUndecided()
      throws IOException {
    job.ended(0, 3);
    job.ended(2, 3);

    JobJudge judged = judge(Duration.ofMinutes(10), since -> {});
    assertThat(Duration.ofNanos(nanos.get())).isEqualTo(Duration.ofMinutes(10));
    assertThat(limit(judged).outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(limit(judged).line()).contains("the load was not sent: share 1/3 has not begun");
    assertThat(judged.causes())
        .contains("every share of the load has ended: share 1/3 has not begun");
    assertThat(judged.report().conclusion().text())
        .startsWith("A part of the load is missing: share 1/3 has not begun.");
    assertThat(printed.toString(UTF_8)).contains("the time limit is reached (--timeout)");
  }

  @Test
  void aShareThatWasKilledIsNamedAndItsCallsCount() throws IOException {
    job.ended(0, 2);
    JobFolder.cutLastLine(job.begun(1, 2));

    JobJudge judged = judge();
    assertThat(judged.tell(out)).isFalse();
    assertThat(judged.causes())
        .contains(
            "every share of the load has ended: share 1/2 (run-1) has no end mark, so it was killed"
                + " or goes on");
    assertThat(judged.report().statistics().overall().counts().succeeded()).isEqualTo(79);
    assertThat(limit(judged).outcome()).isEqualTo(Outcome.UNDECIDED);
  }

  /** What is missed at a smaller load is missed all the same. */
  @Test
  void aLimitIsMissedThoughAShareIsMissing() throws IOException {
    job.callsTake(600);
    job.ended(0, 3);
    job.ended(1, 3);

    assertThat(limit(judge()).outcome()).isEqualTo(Outcome.MISSED);
  }

  @Test
  void aShareThatWasStoppedFailsTheJob() throws IOException {
    job.ended(0, 2);
    RunFiles stopped = job.recorded(1, 2);
    stopped.writeInfo(stopped.readInfo().ended(SampleRuns.START.plusSeconds(5), true));
    JobFolder.mark(stopped, new Share(1, 2));

    assertThat(judge().causes())
        .contains(
            "every share of the load has ended: share 1/2 (run-1) was stopped before its load was"
                + " done");
  }

  @Test
  void whatAShareLostOnItsWayFailsTheJob() throws IOException {
    job.ended(0, 2);
    job.ended(1, 2, "Gatling's report could not be copied.");

    assertThat(judge().causes())
        .containsExactly("run-1: it ended without a fault: Gatling's report could not be copied.");
  }

  @Test
  void theVerdictOnEachClientIsAsked() throws IOException {
    job.setting("llm.gate.verdict", "trusted");
    job.ended(0, 2);
    Files.delete(job.ended(1, 2).health());

    assertThat(judge().causes())
        .singleElement()
        .asString()
        .startsWith("run-1: verdict is trusted: unknown");
  }

  @Test
  void aJobThatIsShownToBeWorseThanItsBaselineFails() throws IOException {
    RunFiles faster = new JobFolder(temp.resolve("before")).callsTake(200).recorded(0, 1);
    Path baseline = temp.resolve("baselines").resolve("main");
    Baseline.write(faster.folder(), baseline, true);
    job.setting("llm.gate.baseline", baseline.toString())
        .setting("llm.gate.worse", "e2e.p50=10%, failures=1%");
    job.ended(0, 2);
    job.ended(1, 2);

    assertThat(judge().causes())
        .singleElement()
        .asString()
        .startsWith("not worse than baseline main, chat: e2e.p50=10%: shown worse: 100.0 % worse");
  }

  /** A share has other settings than the run of one machine that it is compared with. */
  @Test
  void whatMakesARunAShareIsNoDifferenceToABaseline() throws IOException {
    Path baseline = temp.resolve("baselines").resolve("main");
    job.setting("llm.load.barrier", "").setting("llm.load.timeServer", "");
    Baseline.write(job.recorded(0, 1).folder(), baseline, true);
    RunInfo share =
        new JobFolder(temp.resolve("shares"))
            .setting("llm.load.barrier", "/shared/job-1")
            .setting("llm.load.timeServer", "10.0.0.7:1123")
            .begun(1, 2)
            .readInfo();

    assertThat(share.configuration()).containsEntry("llm.load.share", "1/2");
    assertThat(
            BaselineGate.of(baseline.toString(), List.of("e2e.p50=10%"))
                .differenceText(share.simulation(), share.configuration()))
        .isEmpty();
  }

  @Test
  void aShareThatIsThereTwiceIsRefusedAtOnce() throws IOException {
    job.ended(0, 2);
    RunFiles again = job.ended(1, 2);
    Files.move(again.folder(), job.folder.resolve("run-0-again"));
    RunFiles moved = new RunFiles(job.folder.resolve("run-0-again"));
    moved.writeInfo(
        moved
            .readInfo()
            .withTogether(new RunInfo.Together(Optional.of(new Share(0, 2)), Optional.empty())));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> judge(Duration.ofHours(1), since -> {}))
        .withMessageContaining("share 0/2 is there twice, in run-0 and run-0-again");
    assertThat(nanos).hasValue(0);
  }

  @Test
  void sharesOfDifferentLoadsAreRefused() throws IOException {
    job.setting("llm.load.rpm", "600").setting("llm.load.barrier", "/a").ended(0, 2);
    job.setting("llm.load.rpm", "60").setting("llm.load.barrier", "/b").ended(1, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(this::judge)
        .withMessageContaining("run-0 and run-1 differ in llm.load.rpm, so that");
  }

  @Test
  void sharesOfDifferentJobsAreRefused() throws IOException {
    job.ended(0, 2);
    job.ended(1, 3);

    assertThatIllegalArgumentException()
        .isThrownBy(this::judge)
        .withMessageContaining("run-0 is share 0/2 and run-1 is share 1/3");
  }

  @Test
  void aFolderThatNoShareCameToSaysSo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> judge(Duration.ofSeconds(3), since -> {}))
        .withMessageContaining("no share of a load has begun there (llm.load.share)");
    assertThat(Duration.ofNanos(nanos.get())).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aRunThatIsNoShareOrCannotBeReadIsNamedAndInNoNumber() throws IOException {
    job.ended(0, 1);
    SampleRuns.killed(job.folder.resolve("whole"));
    Files.createDirectories(job.folder.resolve("half"));
    Files.writeString(new RunFiles(job.folder.resolve("half")).runJson(), "{\"schema");

    JobJudge judged = judge();
    assertThat(judged.report().statistics().overall().counts().started()).isEqualTo(40);
    assertThat(judged.report().notes())
        .contains("whole is a run, but no share of a load (llm.load.share): it is in no number.")
        .anyMatch(note -> note.startsWith("half cannot be read: ") && note.contains("run.json"));
  }

  @Test
  void aShareWhoseMarkIsOfALaterReleaseIsNamed() throws IOException {
    job.ended(0, 2);
    RunFiles later = job.recorded(1, 2);
    Files.writeString(later.shareEnd(), "{\"schemaVersion\": 99}");

    JobJudge judged = judge();
    assertThat(judged.causes()).anyMatch(cause -> cause.contains("share 1/2 has not begun"));
    assertThat(judged.report().notes())
        .anyMatch(note -> note.startsWith("run-1 cannot be read: ") && note.contains("99"));
  }
}
