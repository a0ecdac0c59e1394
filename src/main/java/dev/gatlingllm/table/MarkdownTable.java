package dev.gatlingllm.table;

import dev.gatlingllm.text.Markdown;
import java.util.List;
import java.util.stream.Collectors;

/** Tables in Markdown. */
public final class MarkdownTable {

  private MarkdownTable() {}

  /** The table's columns and rows; neither its title nor its hint. */
  public static String of(Table table) {
    StringBuilder text = new StringBuilder(row(table.heads())).append('|');
    table.columns().forEach(column -> text.append(column.isNumber() ? "--:|" : "---|"));
    text.append('\n');
    table.texts().forEach(row -> text.append(row(row)));
    return text.toString();
  }

  /** One row of texts. */
  public static String row(List<String> texts) {
    return texts.stream().map(Markdown::inline).collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
