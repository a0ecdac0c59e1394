package dev.gatlingllm.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.record.PlannedLoad;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.stats.PercentileRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingRunTest {

  @TempDir private Path folder;
  private RunFiles whole;
  private RunFiles growing;

  @BeforeEach
  void begin() throws IOException {
    whole = new RunFiles(SampleRuns.ladder(folder.resolve("whole")));
    growing = new RunFiles(Files.createDirectories(folder.resolve("growing")));
    RunInfo info = whole.readInfo();
    growing.writeInfo(info);
    Files.copy(whole.prices(), growing.prices());
    Files.createFile(growing.calls());
    Files.createFile(growing.health());
  }

  private static void grow(Path from, Path to, int bytes) throws IOException {
    byte[] all = Files.readAllBytes(from);
    int begin = (int) Files.size(to);
    int end = Math.min(all.length, begin + bytes);
    try (var out = Files.newOutputStream(to, StandardOpenOption.APPEND)) {
      out.write(all, begin, end - begin);
    }
  }

  /** The page's data, the texts of the page and the file for machines, but for folders' names. */
  private static String told(RunReport report) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(PageData.tree(report)).append(new SummaryJson().text(report));
    return text.toString().replace("growing", "whole");
  }

  @Test
  void aReportMadeInPartsSaysWhatTheReportOfTheWholeRunSays() throws IOException {
    GrowingRun run = new GrowingRun(growing.folder());
    while (Files.size(growing.calls()) < Files.size(whole.calls())
        || Files.size(growing.health()) < Files.size(whole.health())) {
      grow(whole.calls(), growing.calls(), 1_777);
      grow(whole.health(), growing.health(), 1_777);
      run.report();
    }

    assertThat(told(run.report())).isEqualTo(told(RunReport.of(List.of(whole.folder()))));
  }

  @Test
  void anyMomentOfTheRunIsReportedAsIfItsFilesWereReadThen() throws IOException {
    GrowingRun run = new GrowingRun(growing.folder());
    for (int part = 0; part < 3; part++) {
      grow(whole.calls(), growing.calls(), 2_500);
      long lines = Files.readString(growing.calls()).chars().filter(c -> c == '\n').count();

      assertThat(
              run.report().statistics().overall().counts().byOutcome().values().stream()
                  .mapToLong(n -> n)
                  .sum())
          .isEqualTo(lines);
    }
  }

  @Test
  void aRunWithoutAnEndIsRunningAndNotKilled() throws IOException {
    growing.writeInfo(SampleRuns.info(Optional.empty(), Map.of(), List.of()));

    RunReport report = new GrowingRun(growing.folder()).report();

    assertThat(report.completeness()).isEqualTo(Completeness.RUNNING);
    assertThat(report.conclusion().missing()).startsWith("The run goes on");
    assertThat(
            RunReport.of(List.of(growing.folder()), PercentileRule.WITHHOLD_WHEN_FEW)
                .completeness())
        .isEqualTo(Completeness.KILLED);
  }

  @Test
  void callsThatAreStillToComeAreNotMissing() throws IOException {
    growing.writeInfo(
        SampleRuns.info(Optional.empty(), Map.of(), List.of())
            .withPreparation(
                RunInfo.Preparation.NONE.withLoad(
                    new PlannedLoad(
                        "120 arrivals/min for 10 min",
                        OptionalDouble.of(600),
                        OptionalLong.of(1200)))));
    grow(whole.calls(), growing.calls(), 2_500);

    RunReport report = new GrowingRun(growing.folder()).report();

    assertThat(report.planned().notReached()).isZero();
    assertThat(report.conclusion().text()).doesNotContain("never");
    assertThat(RunReport.of(List.of(growing.folder())).planned().notReached()).isPositive();
  }

  @Test
  void aLineThatIsNoRecordIsNamed() throws IOException {
    grow(whole.calls(), growing.calls(), Integer.MAX_VALUE);
    long lines = Files.readString(growing.calls()).lines().count();
    GrowingRun run = new GrowingRun(growing.folder());
    run.report();
    Files.writeString(growing.calls(), "{}\n", StandardOpenOption.APPEND);

    assertThatThrownBy(run::report)
        .isInstanceOf(RecordFormatException.class)
        .hasMessageContaining("calls.jsonl, line " + (lines + 1));
  }
}
