package dev.gatlingllm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.report.SampleRuns;
import dev.gatlingllm.report.job.JobFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shares of a load that are named one by one, without {@code --job}. */
class ReportSharesTest {

  @TempDir private Path temp;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private JobFolder job;

  @BeforeEach
  void record() {
    job = new JobFolder(temp.resolve("job"));
  }

  private List<String> linesOf(RunFiles... shares) {
    int exit =
        CommandCall.run(
            "report",
            Stream.of(shares).map(files -> files.folder().toString()).toList(),
            new PrintStream(out, true, UTF_8),
            new PrintStream(out, true, UTF_8));
    assertThat(exit).isZero();
    return out.toString(UTF_8).lines().toList();
  }

  @Test
  void theLastLinesNameAShareThatWasKilled() throws IOException {
    assertThat(linesOf(job.ended(0, 3), job.begun(1, 3), job.ended(2, 3)))
        .endsWith(
            "[llm] a part of the load is missing: share 1/3 was killed",
            "[llm] the exit status 0 says that the report was written, not that the load is whole:"
                + " report --job FOLDER judges a load in shares");
    assertThat(out.toString(UTF_8))
        .contains("A part of the load is missing: share 1/3 was killed.");
  }

  @Test
  void theLastLinesNameAShareThatIsNotAmongTheRuns() throws IOException {
    assertThat(linesOf(job.ended(0, 4), job.ended(2, 4)))
        .contains("[llm] a part of the load is missing: no run is share 1/4, no run is share 3/4");
  }

  @Test
  void theLastLinesNameAShareThatWasStopped() throws IOException {
    RunFiles stopped = job.begun(1, 2);
    stopped.writeInfo(stopped.readInfo().ended(SampleRuns.START.plusSeconds(3), true));

    assertThat(linesOf(job.ended(0, 2), stopped))
        .contains("[llm] a part of the load is missing: share 1/2 was interrupted");
  }

  @Test
  void nothingIsSaidOfALoadThatIsWhole() throws IOException {
    assertThat(linesOf(job.ended(0, 2), job.ended(1, 2)))
        .noneMatch(
            line -> line.startsWith("[llm]") || line.contains("part of the load is missing"));
  }
}
