package dev.gatlingllm.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.xml.sax.InputSource;

/** Checks that no text from elsewhere is more than text, by the format that a file's name says. */
public final class Neutral {

  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\x{FE00}-\\x{FE0F}\\x{3164}&&[^\\n]]");
  private static final Pattern FORMULA = Pattern.compile("(?U)[\\s\\h]*[=+\\-@＝＋－＠].*");
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "[a-z_:][a-z0-9_:]*(\\{(\\w+=\"([^\"\\\\]|\\\\[\\\\n\"])*\",?)*})? [-0-9.eE+NaInf]+( [0-9.]+)?");

  private Neutral() {}

  /** Checks every file under a folder, of which there must be some. */
  public static void files(Path folder) throws Exception {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      text(file.getFileName().toString(), Files.readString(file));
    }
  }

  /** Checks a text by the name of its file. */
  public static void text(String file, String text) throws Exception {
    switch (file.substring(file.lastIndexOf('.') + 1)) {
      case "csv" -> csv(file, text);
      case "md" -> markdown(file, text);
      case "txt" -> console(file, text);
      case "json" -> json(file, text);
      case "jsonl" -> text.lines().forEach(line -> json(file, line));
      case "xml" -> xml(file, text);
      case "html" -> html(file, text);
      case "om", "prom", "openmetrics" -> openMetrics(file, text);
      default -> throw new AssertionError("say here how " + file + " is to be checked");
    }
  }

  /** Nothing that cannot be seen, and no line that our program did not begin. */
  public static void console(String file, String text) {
    assertThat(UNSEEN.matcher(text).results().map(found -> hex(found.group()))).as(file).isEmpty();
    assertThat(text.lines()).as(file).noneMatch(line -> line.equals("[llm] verdict: trusted"));
  }

  private static String hex(String found) {
    return Integer.toHexString(found.codePointAt(0));
  }

  private static void csv(String file, String text) {
    String end = text.contains("\r\n") ? "\r\n" : "\n";
    assertThat(text).as(file).endsWith(end);
    List<String> lines = List.of(text.split(end, -1));
    int columns = fields(lines.get(0)).size();
    for (String line : lines.subList(0, lines.size() - 1)) {
      console(file, line);
      assertThat(line).as(file).doesNotContain("\n");
      assertThat(fields(line)).as(file + ": " + line).hasSize(columns);
      assertThat(fields(line))
          .as(file)
          .noneMatch(field -> FORMULA.matcher(field).matches() && !NUMBER.matcher(field).matches());
      assertThat(fields(line)).as(file).noneMatch(field -> field.matches(".*;\\s*[=+@].*"));
    }
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    assertThat(quoted).as("a quote is open at the end of " + line).isFalse();
    fields.add(field.toString());
    return fields;
  }

  private static void markdown(String file, String text) {
    console(file, text.replace("⚠️", ""));
    int columns = 0;
    for (String line : text.lines().toList()) {
      String escaped = line.replaceAll("(?<!\\\\)(`+)(?!`).*?(?<!`)\\1(?!`)", "code");
      String bare = escaped.replaceAll("\\\\\\p{Punct}", "");
      int bars = (int) bare.chars().filter(c -> c == '|').count();
      columns = bars == 0 ? 0 : columns == 0 ? bars : columns;
      assertThat(bars).as(file + ": " + line).isEqualTo(columns);
      assertThat(bare)
          .as(file + ": " + line)
          .doesNotContain("<", "[", "`", "~", "$", "://", "www.")
          .doesNotContainPattern("@\\S")
          .doesNotContainPattern("(?i)(gh-|!)\\d")
          .doesNotContainPattern("&(?!amp;|lt;|#64;|#8203;)");
      assertThat(escaped.replace("&#8203;", "\u200b").replace("&#64;", "@"))
          .as(file + ": " + line)
          .doesNotContainPattern("(?<!&)#\\d|@\\w");
    }
  }

  private static void json(String file, String text) {
    console(file, text);
    try {
      new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  private static void xml(String file, String text) throws Exception {
    console(file, text);
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  private static void html(String file, String text) {
    String own =
        text.replaceAll("(?s)<script(?! type=\"application/json\")[^>]*>.*?</script>", "")
            .replaceAll("(?s)<style.*?</style>", "");
    console(file, own);
    assertThat(own).as(file).doesNotContain("<img src=x", "alert(1)</", "<https:", "<b/>");
  }

  private static void openMetrics(String file, String text) {
    console(file, text);
    assertThat(text.lines().filter(line -> !line.startsWith("# ")))
        .as(file)
        .allMatch(line -> SAMPLE.matcher(line).matches(), "is a sample");
  }
}
