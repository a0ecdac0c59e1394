package dev.gatlingllm.bench;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A section with one table, in Markdown; each row is printed when it is there. */
final class MarkdownTable {

  private final StringBuilder text = new StringBuilder();

  MarkdownTable(String title, String method, List<String> columns) {
    line("### " + title);
    line("");
    line(method);
    line("");
    row(columns);
    row(Collections.nCopies(columns.size(), "---"));
  }

  void row(List<String> cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private void line(String line) {
    System.out.println(line);
    text.append(line).append('\n');
  }

  static String number(int decimals, double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  @Override
  public String toString() {
    return text.append('\n').toString();
  }
}
