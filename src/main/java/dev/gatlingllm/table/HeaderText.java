package dev.gatlingllm.table;

import dev.gatlingllm.text.Count;
import dev.gatlingllm.text.Figures;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Shows the first line of a file of columns, if it is one. A file that was given by mistake may
 * begin with a prompt, which must not reach a message.
 */
public final class HeaderText {

  private static final Pattern NAME = Pattern.compile("\\S{1,40}(\\s+\\S{1,40}){0,2}");
  private static final Pattern TELLING =
      Pattern.compile("(?i).*(time|date|token|second|length|rate|rpm|client|count|metric).*");

  private HeaderText() {}

  /** The line itself, if it reads as names of columns; else how long it is. */
  public static String shown(String line) {
    return isHeader(line)
        ? line
        : Figures.fill("a line of %s", Count.of(line.length(), "character"));
  }

  /** As the other, the line in quotes. */
  public static String quoted(String line) {
    return isHeader(line) ? '"' + line + '"' : shown(line);
  }

  private static boolean isHeader(String line) {
    List<String> names = Arrays.stream(line.split("[,;\t|]", -1)).map(String::strip).toList();
    boolean noSentence = line.indexOf(' ') < 0 || line.chars().noneMatch(Character::isLetter);
    return names.size() > 1
        && names.stream().allMatch(name -> name.isEmpty() || NAME.matcher(name).matches())
        && (noSentence || TELLING.matcher(line).matches());
  }
}
