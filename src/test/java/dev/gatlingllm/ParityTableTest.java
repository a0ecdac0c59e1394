package dev.gatlingllm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of the older tools' features: no row is missing or empty, and what it names exists. */
class ParityTableTest {

  private static final Pattern ROW = Pattern.compile("\\| (P\\d+) \\|(.+)\\|(.+)\\|(.+)\\|(.+)\\|");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");

  private final List<Matcher> rows = rows();

  @Test
  void everyFeatureHasOneRow() {
    assertThat(rows.stream().map(row -> row.group(1)).toList())
        .containsExactlyElementsOf(
            Stream.of(
                    IntStream.rangeClosed(1, 23),
                    IntStream.rangeClosed(30, 44),
                    IntStream.rangeClosed(50, 67),
                    IntStream.rangeClosed(70, 93),
                    IntStream.rangeClosed(100, 130))
                .flatMap(IntStream::boxed)
                .map(number -> String.format(Locale.ROOT, "P%02d", number))
                .toList());
  }

  @Test
  void noCellIsEmpty() {
    for (Matcher row : rows) {
      for (int cell = 2; cell <= 5; cell++) {
        assertThat(row.group(cell)).as(row.group()).isNotBlank();
      }
      assertThat(row.group(5).strip()).as(row.group()).isIn("Y", "partly", "no");
    }
  }

  @Test
  void theTestsItNamesExist() throws IOException {
    Set<String> named = new TreeSet<>();
    for (Matcher row : rows) {
      Matcher test = TEST.matcher(row.group(4));
      while (test.find()) {
        named.add(test.group(1) + ".java");
      }
    }
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      Set<String> there =
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
      assertThat(named).hasSizeGreaterThan(50);
      assertThat(there).containsAll(named);
    }
  }

  private static List<Matcher> rows() {
    try {
      List<Matcher> found = new ArrayList<>();
      for (String line : Files.readAllLines(Path.of("reports/parity.md"))) {
        Matcher row = ROW.matcher(line);
        if (row.matches()) {
          found.add(row);
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
