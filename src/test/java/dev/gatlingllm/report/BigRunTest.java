package dev.gatlingllm.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.stats.CallCounts;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BigRunTest {

  @TempDir private Path temp;

  @Test
  void itIsTheSameEveryTime() throws IOException {
    Path first = BigRun.write(temp.resolve("first"), 500);
    Path second = BigRun.write(temp.resolve("second"), 500);

    assertThat(Files.mismatch(new RunFiles(first).calls(), new RunFiles(second).calls()))
        .isEqualTo(-1);
  }

  @Test
  void itHasEveryKindOfCall() throws IOException {
    RunReport report = RunReport.of(List.of(BigRun.write(temp, 20_000)));
    CallStatistics all = report.statistics().overall();
    CallCounts counts = all.counts();

    assertThat(counts.started() + counts.dropped()).isEqualTo(20_000);
    assertThat(counts.byOutcome())
        .containsKeys(
            Outcome.SUCCEEDED,
            Outcome.THROTTLED,
            Outcome.TIMED_OUT,
            Outcome.BROKEN,
            Outcome.REJECTED,
            Outcome.MALFORMED,
            Outcome.CHECK_FAILED,
            Outcome.UNFINISHED,
            Outcome.DROPPED);
    assertThat(report.statistics().byKey()).hasSize(8);
    assertThat(all.attempts().retriedCalls()).isPositive();
    assertThat(all.goodput().orElseThrow().percent().orElseThrow()).isBetween(50.0, 99.0);
    assertThat(all.of(Measure.INTER_CHUNK).n()).isGreaterThan(1_000_000);
    assertThat(report.notes()).hasSize(2);
  }
}
