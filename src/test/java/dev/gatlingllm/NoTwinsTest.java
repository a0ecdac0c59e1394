package dev.gatlingllm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No block of code stands twice. Blank lines, comments, imports and lines of punctuation do not
 * count; indentation does not matter.
 */
class NoTwinsTest {

  private static final int LINES = 20;
  private static final Pattern CODE = Pattern.compile("(?!//|import |package )\\W*\\w");

  private record Line(Path file, int number, String text) {
    @Override
    public String toString() {
      return file + ":" + number;
    }
  }

  @Test
  void noBlockOfCodeStandsTwice() throws IOException {
    List<Line> code = new ArrayList<>();
    for (String root : List.of("src/main/java", "src/test/java", "simulations")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
          code.addAll(codeOf(file, Files.readAllLines(file)));
        }
      }
    }

    assertThat(twins(code)).as("blocks of %d lines that stand twice", LINES).isEmpty();
  }

  @Test
  void aTwinIsFoundInAnotherPlaceWithOtherCommentsAndIndentation() {
    List<String> block = IntStream.range(0, LINES).mapToObj(i -> "call(" + i + ");").toList();
    List<String> other = new ArrayList<>(List.of("/** Other", " * words. */", "{", "first();"));
    block.forEach(line -> other.addAll(List.of("    " + line, "", "// why", "}")));
    List<Line> code = new ArrayList<>(codeOf(Path.of("A.java"), block));
    code.addAll(codeOf(Path.of("B.java"), other));

    assertThat(twins(code)).containsExactly("A.java:1 = B.java:5");
    code.remove(LINES - 1);
    assertThat(twins(code)).isEmpty();
  }

  private static List<Line> codeOf(Path file, List<String> lines) {
    List<Line> code = new ArrayList<>();
    boolean comment = false;
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).strip();
      comment |= text.startsWith("/*");
      if (!comment && CODE.matcher(text).lookingAt()) {
        code.add(new Line(file, i + 1, text));
      }
      comment &= !text.contains("*/");
    }
    return code;
  }

  /** Where each pair of equal runs begins. */
  private static List<String> twins(List<Line> code) {
    List<String> twins = new ArrayList<>();
    Map<List<String>, Integer> seen = new HashMap<>();
    int twinOfLast = Integer.MIN_VALUE;
    for (int at = 0; at + LINES <= code.size(); at++) {
      List<Line> run = code.subList(at, at + LINES);
      if (!run.get(0).file().equals(run.get(LINES - 1).file())) {
        continue;
      }
      Integer first = seen.putIfAbsent(run.stream().map(Line::text).toList(), at);
      if (first != null && first != twinOfLast + 1) {
        twins.add(code.get(first) + " = " + code.get(at));
      }
      twinOfLast = first == null ? Integer.MIN_VALUE : first;
    }
    return twins;
  }
}
