package dev.gatlingllm.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.cli.CommandCall;
import dev.gatlingllm.record.RunFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenReportTest {

  private static final String[] FILES = {
    "summary.json", "summary.csv", "summary.md", "summary.txt", "junit.xml", "index.html"
  };

  @TempDir private Path temp;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void oneRunIsReportedInItsFolder() throws IOException {
    Path run = SampleRuns.ladder(temp.resolve("run"));
    assertThat(run(run.toString())).isZero();
    assertThat(names(run)).contains(FILES).noneMatch(name -> name.endsWith(".tmp"));
    assertThat(out.toString(UTF_8))
        .contains("ladder / level 2 / chat", run.resolve("index.html").toString());
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void severalRunsAreReportedBesideTheFirst() throws IOException {
    Path first = SampleRuns.ladder(temp.resolve("first"));
    Path second = SampleRuns.killed(temp.resolve("second"));
    assertThat(run(first.toString(), second.toString())).isZero();
    assertThat(names(temp.resolve("merged-first"))).containsExactlyInAnyOrder(FILES);
    assertThat(names(first)).doesNotContain("index.html");
  }

  @Test
  void theReportGoesWhereItIsToldTo() throws IOException {
    Path run = SampleRuns.ladder(temp.resolve("run"));
    assertThat(run(run.toString(), "--out", temp.resolve("new/out").toString())).isZero();
    assertThat(names(temp.resolve("new/out"))).containsExactlyInAnyOrder(FILES);
    assertThat(names(run)).doesNotContain("index.html");
  }

  @Test
  void aPageElsewhereDoesNotLinkToGatlingsReport() throws IOException {
    Path run = SampleRuns.ladder(temp.resolve("run"));
    Files.createDirectories(new RunFiles(run).gatling());
    Files.writeString(new RunFiles(run).gatling().resolve("index.html"), "");
    run(run.toString());
    run(run.toString(), "--out", temp.resolve("out").toString());
    assertThat(run.resolve("index.html")).content().contains("gatling/index.html");
    assertThat(temp.resolve("out/index.html")).content().doesNotContain("gatling/index.html");
  }

  @Test
  void anOldRunIsPricedAnewWithAnotherFile() throws IOException {
    Path run = SampleRuns.ladder(temp.resolve("run"));
    run(run.toString());
    // 41,175 input tokens at 2.5 and 6,500 output tokens at 10 in a million
    assertThat(run.resolve("summary.json")).content().contains("\"total\" : 0.1679375");
    Path prices =
        Files.writeString(
            temp.resolve("new.conf"),
            "currency = EUR\nmodels = [{model = \"*\", perMillion {output = 1}}]\n");
    run(run.toString(), "--prices", prices.toString());
    assertThat(run.resolve("summary.json"))
        .content()
        .contains("\"currency\" : \"EUR\"", "\"total\" : 0.0065");
    run(run.toString());
    assertThat(run.resolve("summary.json")).content().contains("\"total\" : 0.1679375");
  }

  @Test
  void badInputIsOneLineAndStatusTwo() throws IOException {
    assertRefused("Missing required parameter: 'RUN'", new String[0]);
    assertRefused(
        "Missing required parameter for option '--out' (FOLDER)", temp.toString(), "--out");
    assertRefused("there is no option --output", temp.toString(), "--output");
    assertRefused("no calls.jsonl", temp.toString());
    Path run = SampleRuns.ladder(temp.resolve("run"));
    Files.writeString(new RunFiles(run).calls(), "{\"schemaVersion\":7}\n");
    assertRefused("line 1: has schemaVersion 7", run.toString());
  }

  @Test
  void theEndOfARunWritesTheSameReport() throws IOException {
    Path run = SampleRuns.killed(temp.resolve("run"));
    RunReport report = TokenReport.write(run, new PrintStream(out, true, UTF_8));
    assertThat(report.completeness()).isEqualTo(Completeness.KILLED);
    assertThat(names(run)).contains(FILES);
    assertThat(out.toString(UTF_8)).contains("Token report: sweep.LadderSimulation");
    assertThat(Files.readString(run.resolve("summary.txt")))
        .contains("partial: the run was killed");
  }

  private void assertRefused(String reason, String... arguments) {
    err.reset();
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines()).singleElement().asString().contains(reason);
  }

  private int run(String... arguments) {
    return CommandCall.run(
        "report",
        List.of(arguments),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
