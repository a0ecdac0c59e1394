package dev.gatlingllm.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.LocaleKept;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

// The files under golden/report seal the formats: scripts, notebooks and pull-request comments read
// them. A difference is either a bug or a change that the format's readers must be told of. Written
// anew by: mvn test -Dtest=GoldenReportTest -Dgolden=write
@ExtendWith(LocaleKept.class)
class GoldenReportTest {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "report");

  // Comma as decimal separator, and two locales with digits of their own.
  private static final List<Locale> LOCALES =
      List.of(
          Locale.ROOT,
          Locale.GERMANY,
          Locale.forLanguageTag("ar-EG"),
          Locale.forLanguageTag("th-TH-u-nu-thai"));

  // The page is too large to be a golden file: its numbers are compared below.
  private static final List<TextFormat<RunReport>> TEXTS =
      TokenReport.WRITERS.stream().filter(writer -> !(writer instanceof IndexHtml)).toList();

  @TempDir private Path temp;

  static Stream<Arguments> localesAndFormats() {
    return LOCALES.stream()
        .flatMap(locale -> TEXTS.stream().map(writer -> Arguments.of(locale, writer)));
  }

  static Stream<Locale> locales() {
    return LOCALES.stream();
  }

  @ParameterizedTest
  @MethodSource("localesAndFormats")
  void aCompleteRunIsThisTextInEveryLocale(Locale locale, TextFormat<RunReport> writer)
      throws IOException {
    Locale.setDefault(locale);
    RunReport report = RunReport.of(List.of(SampleRuns.ladder(temp.resolve("run-a"))));
    assertGolden("ladder", writer.fileName(), writer.text(report));
  }

  @ParameterizedTest
  @MethodSource("localesAndFormats")
  void aPricedRunWithAPromptCacheIsThisTextInEveryLocale(
      Locale locale, TextFormat<RunReport> writer) throws IOException {
    Locale.setDefault(locale);
    RunReport report = RunReport.of(List.of(SampleRuns.cached(temp.resolve("run-c"))));
    assertGolden("cached", writer.fileName(), writer.text(report));
  }

  @ParameterizedTest
  @MethodSource("localesAndFormats")
  void aKilledRunIsThisTextInEveryLocale(Locale locale, TextFormat<RunReport> writer)
      throws IOException {
    Locale.setDefault(locale);
    RunReport report = RunReport.of(List.of(SampleRuns.killed(temp.resolve("run-b"))));
    assertGolden("killed", writer.fileName(), writer.text(report));
  }

  @ParameterizedTest
  @MethodSource("locales")
  void theChartsAreDrawnFromTheseNumbersInEveryLocale(Locale locale) throws IOException {
    Locale.setDefault(locale);
    RunReport report = RunReport.of(List.of(SampleRuns.ladder(temp.resolve("run-a"))));
    String page = new IndexHtml().text(report);
    String begin = "<script type=\"application/json\" id=\"data\">";
    int from = page.indexOf(begin) + begin.length();
    String data = page.substring(from, page.indexOf("</script>", from));
    ObjectMapper json = new ObjectMapper();
    String indented = json.writerWithDefaultPrettyPrinter().writeValueAsString(json.readTree(data));
    assertGolden("ladder", "page-data.json", indented.replace("\r\n", "\n") + "\n");
  }

  private static void assertGolden(String run, String name, String text) throws IOException {
    Path file = GOLDEN.resolve(run).resolve(name);
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(file.getParent());
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
    String expected = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    assertThat(text).as(file.toString()).isEqualTo(expected);
  }
}
