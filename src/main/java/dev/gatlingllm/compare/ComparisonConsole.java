package dev.gatlingllm.compare;

import dev.gatlingllm.decision.Gate;
import dev.gatlingllm.text.PlainText;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** {@code comparison.txt}: the tables for a terminal. */
final class ComparisonConsole implements TextFormat<Comparison> {

  private static final int LABEL = 24;
  private static final int WIDE = 22;

  @Override
  public String fileName() {
    return "comparison.txt";
  }

  @Override
  public void write(Comparison comparison, Writer out) throws IOException {
    ComparedRuns runs = comparison.runs();
    out.write(
        "A  "
            + PlainText.line(runs.firstName())
            + "\nB  "
            + PlainText.line(runs.secondName())
            + "\n");
    for (String caution : comparison.cautions()) {
      out.write("!  " + PlainText.line(caution) + "\n");
    }
    for (String note : runs.notes()) {
      out.write("   " + PlainText.line(note) + "\n");
    }
    for (ComparisonTable table : comparison.tables()) {
      out.write("\n" + PlainText.line(table.name()) + "\n");
      line(out, ComparisonTable.COLUMNS);
      for (ComparisonTable.Row row : table.rows()) {
        line(out, row.cells());
      }
    }
    if (!comparison.gates().isEmpty()) {
      out.write("\n");
    }
    for (Gate.Result gate : comparison.gates()) {
      out.write(
          (gate.passed() ? "passed  " : "FAILED  ")
              + PlainText.line(gate.text() + ": " + gate.actual())
              + "\n");
    }
  }

  private static void line(Writer out, List<String> cells) throws IOException {
    StringBuilder line = new StringBuilder();
    line.append(left(cells.get(0), LABEL)).append(left(cells.get(1), 9));
    line.append(right(cells.get(2), 17));
    for (String cell : cells.subList(3, 6)) {
      line.append(right(cell, 11));
    }
    line.append(right(cells.get(6), WIDE)).append(right(cells.get(7), 11));
    line.append("  ").append(cells.get(8));
    out.write(PlainText.line(line.toString()).stripTrailing() + "\n");
  }

  private static String left(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(1, width - text.length())) + text;
  }
}
