package dev.gatlingllm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.report.SampleRuns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanRunsCommandTest {

  private static final Instant NOW = Instant.parse("2026-03-31T12:00:00Z");

  @TempDir private Path temp;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void threeRunsAndWhatIsNoRun() throws IOException {
    for (int days : new int[] {1, 20, 40}) {
      Path folder = temp.resolve("run-" + days);
      SampleRuns.killed(folder);
      RunFiles files = new RunFiles(folder);
      String json = Files.readString(files.runJson());
      Files.writeString(
          files.runJson(),
          json.replace(SampleRuns.START.toString(), NOW.minus(Duration.ofDays(days)).toString()));
      Files.createDirectories(folder.resolve("gatling"));
      Files.writeString(folder.resolve("gatling/index.html"), "page");
    }
    Files.createDirectories(temp.resolve("compared-a-b"));
    Files.writeString(temp.resolve("notes.txt"), "mine");
  }

  @Test
  void withoutYesItSaysWhatItWouldDeleteAndDeletesNothing() throws IOException {
    assertThat(clean("--older-than", "30d")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("would delete " + temp.resolve("run-40"), "1 of 3 runs", "add --yes");
    assertThat(names()).hasSize(5);
  }

  @Test
  void withYesOldRunsAreGoneAndNothingElse() throws IOException {
    assertThat(clean("--older-than", "10d", "--yes")).isZero();
    assertThat(names()).containsExactly("compared-a-b", "notes.txt", "run-1");
  }

  @Test
  void theLatestAreKeptHoweverOldTheyAre() throws IOException {
    clean("--older-than", "10d", "--keep", "2", "--yes");
    assertThat(names()).contains("run-1", "run-20").doesNotContain("run-40");
    clean("--keep", "1", "--yes");
    assertThat(names()).contains("run-1").doesNotContain("run-20");
  }

  @Test
  void aRunWithoutAReadableStartIsAsOldAsItsCalls() throws IOException {
    Files.delete(new RunFiles(temp.resolve("run-40")).runJson());
    clean("--older-than", "30d", "--yes");
    assertThat(names()).contains("run-40");
  }

  @Test
  void badInputIsOneLineAndStatusTwo() {
    assertThat(clean()).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines()).singleElement().asString().contains("no limit");
    err.reset();
    assertThat(clean("--older-than", "30")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("must be a whole number and d, was \"30\"");
  }

  private int clean(String... options) {
    List<String> arguments = new ArrayList<>(List.of("clean-runs", temp.toString()));
    arguments.addAll(List.of(options));
    return Commands.line(
            InputStream.nullInputStream(),
            Clock.fixed(NOW, ZoneOffset.UTC),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8))
        .execute(arguments.toArray(String[]::new));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> children = Files.list(temp)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }
}
