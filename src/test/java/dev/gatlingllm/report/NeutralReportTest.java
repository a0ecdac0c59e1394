package dev.gatlingllm.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.cli.CommandCall;
import dev.gatlingllm.report.runs.RunsReport;
import dev.gatlingllm.text.Neutral;
import dev.gatlingllm.text.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text from elsewhere is text in every format of the report. */
class NeutralReportTest {

  @TempDir private Path temp;

  static Stream<TextFormat<RunReport>> writers() {
    return TokenReport.WRITERS.stream();
  }

  static Stream<TextFormat<List<RunReport>>> runsWriters() {
    return RunsReport.WRITERS.stream();
  }

  @ParameterizedTest
  @MethodSource("writers")
  void aReportHoldsOnlyText(TextFormat<RunReport> writer) throws Exception {
    StringWriter text = new StringWriter();
    writer.write(RunReport.of(List.of(NastyRuns.in(temp))), text);

    Neutral.text(writer.fileName(), text.toString());
  }

  @ParameterizedTest
  @MethodSource("runsWriters")
  void runsSideBySideHoldOnlyText(TextFormat<List<RunReport>> writer) throws Exception {
    Path first = NastyRuns.in(temp);
    Path second = SampleRuns.ladder(temp.resolve("second"));
    StringWriter text = new StringWriter();
    writer.write(List.of(RunReport.of(List.of(first)), RunReport.of(List.of(second))), text);

    Neutral.text(writer.fileName(), text.toString());
  }

  @Test
  void theRecordsOfARunAreVisibleAndHoldTheTextAsItWasButForHalfAPair() throws Exception {
    Path run = NastyRuns.in(temp);

    Neutral.files(run);
    assertThat(RunReport.of(List.of(run)).statistics().overall().errors())
        .extracting(error -> error.text())
        .contains("\u202egnp.exe", "half \ufffd", "\udb40\udc41\udb40\udc42");
  }

  @Test
  void theConsoleShowsOnlyText() throws Exception {
    Path run = NastyRuns.in(temp);
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(console, true, UTF_8);
    TokenReport.write(run, out);
    CommandCall.run(
        "runs",
        List.of(run.toString(), "--out", temp.resolve(NastyRuns.FOLDER + 2) + ""),
        out,
        out);
    CommandCall.run("report", List.of(temp.resolve("\u001b[31m\nno run") + ""), out, out);
    CommandCall.run("report", List.of("--\u001b[31m\nno option"), out, out);
    CommandCall.run(
        "clean-runs", List.of(temp.resolve("\u001b[31m\nnone") + "", "--keep", "0"), out, out);

    Neutral.console("console", console.toString(UTF_8));
    assertThat(Files.exists(run.resolve("index.html"))).isTrue();
  }
}
