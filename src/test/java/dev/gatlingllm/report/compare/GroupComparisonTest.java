package dev.gatlingllm.report.compare;

import static dev.gatlingllm.stats.CallFixture.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.cli.CommandCall;
import dev.gatlingllm.record.HealthFixture;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.report.SampleRuns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupComparisonTest {

  @TempDir private Path temp;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aDifferenceSmallerThanThatBetweenRunsOfOneGroupCannotBeTold() throws IOException {
    List<String> a = List.of(run("a1", 300, 1), run("a2", 400, 2), run("a3", 350, 3));
    List<String> b = List.of(run("b1", 340, 4), run("b2", 440, 5), run("b3", 380, 6));
    assertThat(compare(List.of(a.get(0), b.get(0)))).isEqualTo(1);
    assertThat(compare(groups(a, b))).isZero();
    assertThat(out.toString(UTF_8))
        .contains("A is a group of 3 runs, B of 3: each run is one observation")
        .contains("passed  chat: ttft.p50=10%: cannot tell: 10.5 % worse", "runs in each group")
        .doesNotContain("in pairs");
    assertThat(temp.resolve("compared-a1+2-b1+2/comparison.html")).isNotEmptyFile();
  }

  @Test
  void runsOfTheSameSeedsAreComparedInPairs() throws IOException {
    List<String> a = List.of(run("a1", 300, 1), run("a2", 400, 2), run("a3", 350, 3));
    List<String> b = List.of(run("b1", 340, 1), run("b2", 440, 2), run("b3", 380, 3));
    assertThat(compare(groups(a, b))).isEqualTo(1);
    assertThat(out.toString(UTF_8))
        .contains("Runs in the same place have the same seed: they are compared in pairs.")
        .contains("FAILED  chat: ttft.p50=10%: shown worse: 10.5 % worse");
  }

  @Test
  void runsThatDoNotDifferAreJudgedByTheirCalls() throws IOException {
    List<String> a = List.of(run("a1", 300, 1), run("a2", 300, 2));
    List<String> b = List.of(run("b1", 300, 4), run("b2", 300, 5));
    compare(groups(a, b));
    assertThat(Files.readString(temp.resolve("compared-a1+1-b1+1/comparison.txt")))
        .contains("passed  chat: ttft.p50=10%: shown equivalent: 0.0 %");
  }

  @Test
  void twoRunsOfOneSeedAreComparedInPairsOfBlocks() throws IOException {
    compare(List.of(run("a", 300, 7), run("b", 309, 7)));
    assertThat(out.toString(UTF_8))
        .contains("Call by call, the runs share arrivals and prompt sizes", ", in pairs");
    assertThat(Files.readString(temp.resolve("compared-a-b/comparison.json")))
        .containsPattern("\"sharedLoad\" *: *true")
        .containsPattern("\"pairs\" *: *[1-9]");
    out.reset();
    compare(List.of(run("c", 300, 7), run("d", 300, 8)));
    assertThat(out.toString(UTF_8))
        .contains("The runs are compared as independent ones: the seeds differ, 7 and 8.")
        .doesNotContain("in pairs");
  }

  @Test
  void anyRunOfAGroupMayDifferInItsSettings() throws IOException {
    String other = run("a2", 300, 2, Map.of("llm.load.rpm", "90"));
    compare(
        groups(List.of(run("a1", 300, 1), other), List.of(run("b1", 300, 3), run("b2", 300, 4))));
    assertThat(out.toString(UTF_8)).contains("Different setting: llm.load.rpm: 60 against 90");
  }

  @Test
  void groupsThatCannotBeComparedAreRefusedInOneLine() throws IOException {
    String a1 = run("a1", 300, 1);
    String a2 = run("a2", 300, 2);
    assertRefused("is given twice", List.of("--a", a1, a2, "--b", a2, run("b", 300, 3)));
    assertRefused("a group needs two runs at least, had 0", List.of("--a", a1, a2));
    assertRefused("a group needs two runs at least, had 1", List.of("--a", a1, a2, "--b", a1));
    assertRefused("or the groups of --a and --b", List.of(a1, a2, "--b", a1, a2));
  }

  private void assertRefused(String reason, List<String> arguments) {
    err.reset();
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines()).singleElement().asString().contains(reason);
  }

  private static List<String> groups(List<String> a, List<String> b) {
    return Stream.of(List.of("--a"), a, List.of("--b"), b).flatMap(List::stream).toList();
  }

  private int compare(List<String> runs) {
    return run(Stream.concat(runs.stream(), Stream.of("--fail-if-worse", "ttft.p50=10%")).toList());
  }

  private int run(List<String> arguments) {
    return CommandCall.run(
        "compare", arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  private String run(String name, double ttft, long seed) throws IOException {
    return run(name, ttft, seed, Map.of("llm.load.rpm", "60"));
  }

  private String run(String name, double ttft, long seed, Map<String, String> load)
      throws IOException {
    Path folder = temp.resolve(name);
    SampleRuns.write(
        folder,
        IntStream.range(0, 120)
            .mapToObj(
                i -> {
                  double first = ttft + i % 11;
                  return call()
                      .id(i)
                      .from(500 * i, 500 * i + 900)
                      .streamed(first, 890)
                      .tokens(100, 49)
                      .record();
                })
            .toList());
    SampleRuns.writeHealth(
        folder,
        IntStream.range(0, 400).mapToObj(i -> HealthFixture.sample().number(i).make()).toList());
    Map<String, String> settings =
        Map.of("llm.seed", String.valueOf(seed), "llm.load.rpm", load.get("llm.load.rpm"));
    new RunFiles(folder)
        .writeInfo(
            SampleRuns.info(Optional.of(SampleRuns.START.plusSeconds(100)), settings, List.of()));
    return folder.toString();
  }
}
