package dev.gatlingllm.report.compare;

import static dev.gatlingllm.stats.CallFixture.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.LocaleKept;
import dev.gatlingllm.cli.CommandCall;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.HealthFixture;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.report.SampleRuns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LocaleKept.class)
class ComparisonTest {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "compare");

  @TempDir private Path temp;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  // The files under golden/compare seal the formats. Written anew by:
  // mvn test -Dtest=ComparisonTest -Dgolden=write
  @ParameterizedTest
  @ValueSource(strings = {"und", "de-DE", "ar-EG"})
  void twoRunsAreTheseTextsInEveryLocale(String locale) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));
    Path a = run("run-a", 300, 0, Map.of("llm.load.rpm", "60", "llm.seed", "1"));
    Path b = run("run-b", 360, 20, Map.of("llm.load.rpm", "90", "llm.seed", "2"));
    assertThat(compare(a, b, "--fail-if-worse", "ttft.p50=10%", "--fail-if-worse", "failures=5%"))
        .isEqualTo(1);
    Path folder = temp.resolve("compared-run-a-run-b");
    for (String name : List.of("comparison.txt", "comparison.md", "comparison.json")) {
      assertGolden(name, Files.readString(folder.resolve(name)));
    }
    assertThat(Files.readString(folder.resolve("comparison.html")))
        .contains("The runs differ in settings that move numbers", "llm.load.rpm: 60 against 90")
        .doesNotContain("llm.seed<");
  }

  @Test
  void threeRunsAreTheseTexts() throws IOException {
    Path a = run("run-a", 300, 0, Map.of("llm.load.rpm", "60", "llm.seed", "1"), "as it was");
    Path b = run("run-b", 360, 20, Map.of("llm.load.rpm", "60", "llm.seed", "2"), "new image");
    Path c = run("run-c", 285, 0, Map.of("llm.load.rpm", "90", "llm.seed", "3"), "fp8");
    assertThat(compare(a, b, c.toString())).isZero();
    Path folder = temp.resolve("compared-run-a-run-b-run-c");
    for (String name : List.of("comparison.txt", "comparison.md", "comparison.json")) {
      assertGolden("three/" + name, Files.readString(folder.resolve(name)));
    }
    assertThat(out.toString(UTF_8))
        .contains("B is slower than A: TTFT p50 1.20 × (1.19 to 1.21); within 10 %: ")
        .contains("C is not shown to be slower or faster than A: within 10 %: TTFT p50, ")
        .contains("C and A do not share their load: llm.load.rpm: 60 against 90");
  }

  @Test
  void aGateOfThreeRunsSaysWhichOfThemIsWorse() throws IOException {
    Path a = run("run-a", 300, 0, Map.of());
    Path b = run("run-b", 300, 0, Map.of());
    Path c = run("run-c", 360, 0, Map.of());
    assertThat(compare(a, b, c.toString(), "--fail-if-worse", "ttft.p50=10%")).isEqualTo(1);
    assertThat(out.toString(UTF_8))
        .contains("passed  B: chat: ttft.p50=10%: shown equivalent")
        .contains("FAILED  C: chat: ttft.p50=10%: shown worse: 19.7 % worse");
  }

  @Test
  void anotherRunThanTheFirstMayBeTheBaseline() throws IOException {
    Path a = run("run-a", 300, 0, Map.of());
    Path b = run("run-b", 360, 0, Map.of());
    assertThat(compare(a, b, "--baseline", b.toString())).isZero();
    assertThat(out.toString(UTF_8))
        .contains("A  run-b", "B  run-a", "B is faster than A: TTFT p50 0.84 ×");
    Path c = run("run-c", 360, 0, Map.of());
    assertThat(compare(a, c, "--baseline", b.toString())).isZero();
    assertThat(out.toString(UTF_8)).contains("A  run-b", "B  run-a", "C  run-c");
  }

  @Test
  void thePageLinksToTheReportsThatAreThereAndFetchesNothing() throws IOException {
    Path a = run("run a#1", 300, 0, Map.of());
    Path b = run("run-b", 360, 0, Map.of());
    Path c = run("run-c", 360, 0, Map.of());
    Files.writeString(a.resolve("index.html"), "");
    Files.writeString(c.resolve("index.html"), "");
    assertThat(compare(a, b, c.toString(), "--out", temp.resolve("x/y").toString())).isZero();
    String page = Files.readString(temp.resolve("x/y/comparison.html"));
    assertThat(page)
        .contains(
            "<a href=\"../../run%20a%231/index.html\">run a#1</a>",
            "<a href=\"../../run-c/index.html\">run-c</a>")
        .doesNotContain("run-b/index.html");
    String shown = page.replaceAll("(?s)(<script[^>]*>).*?(</script>)", "$1$2");
    assertThat(shown).doesNotContain("src=").doesNotContain("//");
  }

  @Test
  void everyRunIsDrawnOverTheTimeSinceItsOwnStart() throws IOException {
    Path a = run("run-a", 300, 0, Map.of());
    compare(a, run("run-b", 360, 0, Map.of()), run("run-c", 330, 0, Map.of()).toString());
    JsonNode data = pageData(temp.resolve("compared-run-a-run-b-run-c/comparison.html"));
    assertThat(data.at("/keys")).hasSize(1);
    assertThat(data.at("/keys/0/runs"))
        .hasSize(3)
        .allSatisfy(
            run -> {
              assertThat(run.at("/series/startSeconds/0").asDouble()).isZero();
              assertThat(run.at("/curves/ttftMillis/n").asInt()).isEqualTo(120);
            });
    assertThat(data.at("/keys/0/runs/1/series/ttftP50/0").asDouble()).isBetween(360.0, 370.0);
  }

  @Test
  void whatOneRunHasAloneIsNotComparable() throws IOException {
    Path a = run("run-a", 300, 0, Map.of());
    List<CallRecord> whole = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      whole.add(call().id(i).from(500 * i, 500 * i + 795).tokens(100, 49).record());
    }
    compare(a, write("run-b", whole, Map.of()));
    assertThat(out.toString(UTF_8))
        .contains(
            "Not comparable: TTFT p50 (measured in A alone); TTFT p95 (measured in A alone);"
                + " tokens/s p50 (measured in A alone).");
  }

  @Test
  void laddersAreDecidedLevelByLevel() throws IOException {
    compare(SampleRuns.ladder(temp.resolve("run-a")), SampleRuns.ladder(temp.resolve("run-b")));
    assertThat(out.toString(UTF_8)).containsPattern("than A[^\n]*: [^\n]*ladder / ");
  }

  @Test
  void equalRunsAreEquivalentAndFewCallsTellNothing() throws IOException {
    Path a = run("run-a", 300, 0, Map.of());
    compare(a, run("run-b", 300, 0, Map.of()));
    assertThat(out.toString(UTF_8))
        .contains("B is not shown to be slower or faster than A: within 10 %: TTFT p50, ");
    compare(a, write("run-c", calls(300, 0).subList(0, 9), Map.of()));
    assertThat(out.toString(UTF_8))
        .contains(
            "Whether B is slower or faster than A is not shown: too few calls for TTFT p50, ");
  }

  @Test
  void whatGotWorseByMoreThanAllowedFailsTheGate() throws IOException {
    Path a = run("run-a", 300, 0, Map.of());
    Path b = run("run-b", 360, 0, Map.of());
    assertThat(compare(a, b)).isZero();
    assertThat(compare(a, b, "--fail-if-worse", "ttft.p50=10%")).isEqualTo(1);
    assertThat(out.toString(UTF_8))
        .contains("FAILED  chat: ttft.p50=10%: shown worse: 19.7 % worse");
    assertThat(compare(a, b, "--fail-if-worse", "ttft.p50=25%")).isZero();
    assertThat(compare(b, a, "--fail-if-worse", "ttft.p50=10%")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("passed  chat: ttft.p50=10%: shown better: 16.4 % better");
  }

  @Test
  void anEffectThatChanceCouldHaveMadeDoesNotFailTheGate() throws IOException {
    Path first = write("run-a", noisy(0), Map.of());
    Path second = write("run-b", noisy(25), Map.of());
    assertThat(compare(first, second, "--fail-if-worse", "ttft.p50=1%")).isZero();
    assertThat(out.toString(UTF_8)).contains("passed  chat: ttft.p50=1%: cannot tell: ");
  }

  @Test
  void tooFewCallsFailTheGateAndSayHowManyItTakes() throws IOException {
    Path a = run("run-a", 300, 0, Map.of());
    Path b = write("run-b", calls(300, 0).subList(0, 9), Map.of());
    assertThat(compare(a, b, "--fail-if-worse", "ttft.p50=10%")).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("too few calls: each run needs 10");
  }

  @Test
  void withAGateRunsWithOtherSettingsFailUnlessTheyAreAccepted() throws IOException {
    Path a = run("run-a", 300, 0, Map.of("llm.load.rpm", "60"));
    Path b = run("run-b", 300, 0, Map.of("llm.load.rpm", "90"));
    assertThat(compare(a, b, "--fail-if-worse", "ttft.p50=10%")).isEqualTo(1);
    assertThat(compare(a, b, "--fail-if-worse", "ttft.p50=10%", "--accept-other-settings"))
        .isZero();
  }

  @Test
  void withAGateARunThatIsNotTrustedFailsUnlessItIsAccepted() throws IOException {
    Path a = run("run-a", 300, 0, Map.of());
    Path b = run("run-b", 300, 0, Map.of());
    Files.delete(new RunFiles(b).health());
    assertThat(compare(a, b, "--fail-if-worse", "ttft.p50=10%")).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("Not to be trusted: run-b is unknown");
    assertThat(compare(a, b, "--fail-if-worse", "ttft.p50=10%", "--accept-untrusted")).isZero();
  }

  @Test
  void aCallNameThatOneRunLacksFailsTheGate() throws IOException {
    Path a = run("run-a", 300, 0, Map.of());
    List<CallRecord> more = new ArrayList<>(calls(300, 0));
    more.add(call().id(500).name("summarise").record());
    Path b = write("run-b", more, Map.of());
    assertThat(compare(a, b, "--fail-if-worse", "ttft.p50=10%")).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("FAILED  summarise: ttft.p50=10%: in one run alone");
  }

  @Test
  void settingsOfTheSimulatedEndpointMatterOnlyIfItWasTheTarget() throws IOException {
    Path a = run("run-a", 300, 0, Map.of("llm.provider", "openai", "llm.simulator.ttft", "1 s"));
    Path b = run("run-b", 300, 0, Map.of("llm.provider", "openai", "llm.simulator.ttft", "2 s"));
    compare(a, b);
    assertThat(out.toString(UTF_8)).doesNotContain("Different setting");
  }

  @Test
  void whereMetricsWentDoesNotMatter() throws IOException {
    Path a = run("run-a", 300, 0, Map.of("llm.otlp.endpoint", "", "llm.prometheus.port", ""));
    Path b =
        run(
            "run-b",
            300,
            0,
            Map.of("llm.otlp.endpoint", "http://localhost:4318", "llm.prometheus.port", "9464"));
    compare(a, b);
    assertThat(out.toString(UTF_8)).doesNotContain("Different setting");
  }

  @Test
  void badInputIsOneLineAndStatusTwo() throws IOException {
    Path a = run("run-a", 300, 0, Map.of());
    assertRefused("Missing required parameter: 'RUN': a comparison takes two", a.toString());
    assertRefused(
        "a comparison takes 2 to 8 runs, had 9; exec:java@runs shows any number",
        IntStream.range(0, 9)
            .mapToObj(i -> temp.resolve("r" + i).toString())
            .toArray(String[]::new));
    assertRefused("is given twice", a.toString(), "b", "b");
    assertRefused("is compared with itself", a.toString(), a + "/../run-a");
    assertRefused("no calls.jsonl", a.toString(), temp.toString());
    assertRefused("was \"ttft=10%\"", a.toString(), a.toString(), "--fail-if-worse", "ttft=10%");
    assertRefused(
        "ttft.p50|p90|p95|p99", a.toString(), a.toString(), "--fail-if-worse", "x.p50=1%");
    assertRefused(
        "was \"ttft.p25=1%\"", a.toString(), a.toString(), "--fail-if-worse", "ttft.p25=1%");
  }

  private void assertRefused(String reason, String... arguments) {
    err.reset();
    assertThat(run(List.of(arguments))).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines()).singleElement().asString().contains(reason);
  }

  private int compare(Path first, Path second, String... more) {
    out.reset();
    List<String> arguments = new ArrayList<>(List.of(first.toString(), second.toString()));
    arguments.addAll(Arrays.asList(more));
    return run(arguments);
  }

  private int run(List<String> arguments) {
    return CommandCall.run(
        "compare", arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  private Path run(String name, double ttft, int failures, Map<String, String> settings)
      throws IOException {
    return write(name, calls(ttft, failures), settings);
  }

  private Path run(
      String name, double ttft, int failures, Map<String, String> settings, String description)
      throws IOException {
    return write(name, calls(ttft, failures), settings, description);
  }

  private static JsonNode pageData(Path page) throws IOException {
    String html = Files.readString(page);
    String open = "id=\"data\">";
    int from = html.indexOf(open) + open.length();
    return new ObjectMapper().readTree(html.substring(from, html.indexOf("</script>", from)));
  }

  private Path write(String name, List<CallRecord> calls, Map<String, String> settings)
      throws IOException {
    return write(name, calls, settings, "");
  }

  private Path write(
      String name, List<CallRecord> calls, Map<String, String> settings, String description)
      throws IOException {
    Path folder = temp.resolve(name);
    SampleRuns.write(folder, calls);
    SampleRuns.writeHealth(
        folder,
        IntStream.range(0, 400).mapToObj(i -> HealthFixture.sample().number(i).make()).toList());
    new RunFiles(folder)
        .writeInfo(
            SampleRuns.info(
                Optional.of(SampleRuns.START.plusSeconds(100)), description, settings, List.of()));
    return folder;
  }

  private static List<CallRecord> calls(double ttft, int failures) {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      double first = ttft + i % 11;
      boolean failed = i < failures;
      calls.add(
          call()
              .id(i)
              .from(500 * i, 500 * i + first + 490)
              .streamed(first, first + 480 + i % 7)
              .tokens(100, 49)
              .interChunkMicros(10_000L, 47L, 12_000L, 1L)
              .ended(failed ? Outcome.THROTTLED : Outcome.SUCCEEDED, failed ? "429 throttled" : "")
              .record());
    }
    return calls;
  }

  /** Twelve calls from 200 to 750 ms, each so much later. */
  private static List<CallRecord> noisy(double more) {
    return IntStream.range(0, 12)
        .mapToObj(i -> call().id(i).from(0, 2000).streamed(200 + 50 * i + more, 1900).record())
        .toList();
  }

  private static void assertGolden(String name, String text) throws IOException {
    Path file = GOLDEN.resolve(name);
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(file.getParent());
      Files.write(file, text.getBytes(UTF_8));
    }
    assertThat(text).as(file.toString()).isEqualTo(Files.readString(file));
  }
}
