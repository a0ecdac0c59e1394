package dev.gatlingllm.report.runs;

import static dev.gatlingllm.stats.CallFixture.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.LocaleKept;
import dev.gatlingllm.cli.CommandCall;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.report.SampleRuns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LocaleKept.class)
class RunsReportTest {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "runs");

  @TempDir private Path temp;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  // The files under golden/runs seal the formats. Written anew by:
  // mvn test -Dtest=RunsReportTest -Dgolden=write
  @ParameterizedTest
  @ValueSource(strings = {"und", "de-DE", "ar-EG"})
  void twoRunsAreTheseTextsInEveryLocale(String locale) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));
    Path first = SampleRuns.ladder(temp.resolve("run-a"));
    Path second = provisioned(temp.resolve("run-b"));
    assertThat(run(first.toString(), second.toString())).isZero();
    for (String name : List.of("runs.csv", "runs.md")) {
      String text = Files.readString(temp.resolve("side-by-side").resolve(name));
      Path file = GOLDEN.resolve(name);
      if ("write".equals(System.getProperty("golden"))) {
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(UTF_8));
      }
      assertThat(text).as(name).isEqualTo(Files.readString(file));
    }
  }

  @Test
  void utilisationIsShownWhereItWasToldAndElseIsNotReported() throws IOException {
    Path first = SampleRuns.ladder(temp.resolve("run-a"));
    Path second = provisioned(temp.resolve("run-b"));
    run(first.toString(), second.toString());
    String page = Files.readString(temp.resolve("side-by-side/runs.html"));
    assertThat(page).contains("not reported", "41.7 – –", "\"utilizationMean\":[41.7]");
    assertThat(page).contains("id=\"utilization-0\"", "id=\"utilization-1\"", "id=\"e2e-1\"");
  }

  @Test
  void allRunsOfAFolderAreTakenInTheOrderOfTheirNames() throws IOException {
    provisioned(temp.resolve("runs/b"));
    provisioned(temp.resolve("runs/a"));
    Files.createDirectories(temp.resolve("runs/no-run"));
    assertThat(run("--all", temp.resolve("runs").toString(), "--out", temp.toString())).isZero();
    assertThat(Files.readAllLines(temp.resolve("runs.csv")))
        .hasSize(3)
        .satisfies(lines -> assertThat(lines.get(1)).startsWith("a,"));
  }

  @Test
  void nothingIsFetched() throws IOException {
    run(provisioned(temp.resolve("run-a")).toString());
    String page =
        Files.readString(temp.resolve("side-by-side/runs.html"))
            .replaceAll("(?s)(<script[^>]*>).*?(</script>)", "$1$2");
    assertThat(page).doesNotContain("src=").doesNotContain("//");
  }

  @Test
  void thePageLinksToTheReportsAndComparisonsThatAreThere() throws IOException {
    Path a = provisioned(temp.resolve("run a"));
    Path b = provisioned(temp.resolve("run-b"));
    Files.writeString(a.resolve("index.html"), "");
    comparison("compared-1", "{\"runs\":[{\"name\":\"run a\"},{\"name\":\"run-b\"}]}");
    comparison("compared-2", "{\"first\":\"run-b\",\"second\":\"run a\"}");
    comparison("compared-3", "{\"runs\":[{\"name\":\"run a\"},{\"name\":\"gone\"}]}");
    comparison("compared-4", "{");
    run(a.toString(), b.toString());
    assertThat(Files.readString(temp.resolve("side-by-side/runs.html")))
        .contains(
            "<a href=\"../run%20a/index.html\">run a</a>",
            "<a href=\"../compared-1/comparison.html\">run a · run-b</a>",
            "<a href=\"../compared-2/comparison.html\">run-b · run a</a>")
        .doesNotContain("run-b/index.html", "compared-3", "compared-4");
  }

  private void comparison(String name, String json) throws IOException {
    Path folder = Files.createDirectories(temp.resolve(name));
    Files.writeString(folder.resolve("comparison.json"), json);
    Files.writeString(folder.resolve("comparison.html"), "");
  }

  @Test
  void badInputIsOneLineAndStatusTwo() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines()).singleElement().asString().contains("no run is given");
  }

  private static Path provisioned(Path folder) throws IOException {
    SampleRuns.write(folder, List.of(call().from(0, 900).quota(10, 100, 41.7).record()));
    new RunFiles(folder)
        .writeInfo(
            SampleRuns.info(
                Optional.of(SampleRuns.START.plusSeconds(1)),
                Map.of("llm.load.rpm", "90"),
                List.of()));
    return folder;
  }

  private int run(String... arguments) {
    return CommandCall.run(
        "runs",
        List.of(arguments),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }
}
