package dev.gatlingllm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.report.job.JobFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportJobTest {

  @TempDir private Path temp;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int report(String... arguments) {
    return CommandCall.run(
        "report",
        List.of(arguments),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  @Test
  void aJobThatPassesExitsWith0AndLeavesItsReportInItsFolder() throws IOException {
    JobFolder job = new JobFolder(temp);
    job.ended(0, 2);
    job.ended(1, 2);

    assertThat(report("--job", temp.toString(), "--timeout", "0s")).isZero();
    assertThat(out.toString(UTF_8).stripTrailing()).endsWith("; the run has passed");
    assertThat(temp.resolve("index.html")).isNotEmptyFile();
    assertThat(temp.resolve("junit.xml"))
        .content()
        .contains("failures=\"0\"", "every share of the load has ended", "llm.slo.e2e.p95");
    // Its own files are no share.
    assertThat(report("--job", temp.toString(), "--timeout", "0s")).isZero();
  }

  @Test
  void aJobThatFailsExitsWith2AndSaysWhyInItsLastLines() throws IOException {
    JobFolder job = new JobFolder(temp.resolve("job"));
    job.ended(0, 2);

    assertThat(
            report(
                "--job",
                job.folder().toString(),
                "--timeout",
                "0s",
                "--out",
                temp.resolve("report").toString()))
        .isEqualTo(2);
    assertThat(out.toString(UTF_8))
        .contains(
            "[llm] the run has failed: every share of the load has ended: share 1/2 has not begun");
    assertThat(temp.resolve("report").resolve("summary.json"))
        .content()
        .contains("\"completeness\" : \"killed\"", "share 1/2 has not begun");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--timeout 5s a          | --timeout is how long --job waits, and there is no --job",
        "--job a b               | either runs are reported on, or the job of --job",
        "--job a --timeout soon  | must be a duration such as 30min or 0s, was \"soon\"",
        "--job a --timeout -1s   | must be a duration such as 30min or 0s, was \"-1s\"",
        "--job no-such --timeout 0s | no share of a load has begun there (llm.load.share)"
      })
  void whatCannotBeIsRefusedByName(String arguments, String why) {
    assertThat(report(arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines()).singleElement().asString().contains(why);
  }
}
