package dev.gatlingllm.report.export;

import static dev.gatlingllm.stats.CallFixture.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.LocaleKept;
import dev.gatlingllm.cli.CommandCall;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.report.SampleRuns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

// The files under golden/export seal what other tools read. Written anew by:
// mvn test -Dtest=GoldenExportTest -Dgolden=write
@ExtendWith(LocaleKept.class)
class GoldenExportTest {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "export");

  @TempDir private Path temp;

  static Stream<Arguments> localesAndFormats() {
    return Stream.of(Locale.ROOT, Locale.GERMANY, Locale.forLanguageTag("ar-EG"))
        .flatMap(
            locale -> Export.FORMATS.keySet().stream().map(format -> Arguments.of(locale, format)));
  }

  @ParameterizedTest
  @MethodSource("localesAndFormats")
  void aRunIsTheseFilesInEveryLocale(Locale locale, String format) throws IOException {
    Locale.setDefault(locale);
    Path run = run(temp.resolve("run-a"));
    Path out = temp.resolve("out");
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        CommandCall.run(
            "export",
            List.of(run.toString(), "--format", format, "--out", out.toString()),
            new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
            new PrintStream(err, true, UTF_8));
    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(status).isZero();
    for (Path file : files(out)) {
      String text = Files.readString(file).replace(out.toString().replace('\\', '/'), "OUT");
      assertGolden(format, out.relativize(file), text);
    }
    assertThat(files(out).stream().map(out::relativize))
        .containsExactlyElementsOf(
            files(GOLDEN.resolve(format)).stream()
                .map(GOLDEN.resolve(format)::relativize)
                .toList());
  }

  /** Two scenarios, one without a latency mode, at two levels; all that can happen to a call. */
  private static Path run(Path folder) throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String scenario = i % 2 == 0 ? "nova | us-east-1 | none" : "nova | us-east-2 | optimized";
      calls.add(
          call()
              .id(i)
              .name("chat", (i < 6 ? "1 client" : "4 clients"), scenario)
              .label("task_type", "Text-Generation")
              .from(1000 * i, 1000 * i + 712)
              .streamed(418 + i, 700)
              .tokens(100 + i, 50)
              .interChunkMicros(6_000L, 49L)
              .served(200, i == 3 ? "" : "req-" + i, "", "stop")
              .attempt(Outcome.SUCCEEDED)
              .record());
    }
    calls.add(
        call()
            .id(12)
            .name("chat", "4 clients", "nova | us-east-2 | optimized")
            .from(12_000, 12_050)
            .ended(Outcome.THROTTLED, "429 throttled, \"later\"")
            .served(429, "req-12", "", "")
            .attempt(Outcome.THROTTLED)
            .attempt(Outcome.THROTTLED)
            .record());
    calls.add(
        call()
            .id(13)
            .name("chat", "4 clients", "nova | us-east-1 | none")
            .from(13_000, 14_000)
            .streamed(300, 500)
            .ended(Outcome.BROKEN, "broken: reset")
            .attempt(Outcome.BROKEN)
            .record());
    calls.add(call().id(14).from(14_000, 15_000).ended(Outcome.UNFINISHED, "").record());
    SampleRuns.write(folder, calls);
    new RunFiles(folder)
        .writeInfo(
            SampleRuns.info(
                Optional.of(SampleRuns.START.plusSeconds(15)),
                Map.of("llm.load.rpm", "60", "llm.seed", "1"),
                List.of()));
    return folder;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void assertGolden(String format, Path name, String text) throws IOException {
    Path file = GOLDEN.resolve(format).resolve(name.toString());
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(file.getParent());
      Files.write(file, text.getBytes(UTF_8));
    }
    assertThat(text).as(file.toString()).isEqualTo(Files.readString(file));
  }
}
