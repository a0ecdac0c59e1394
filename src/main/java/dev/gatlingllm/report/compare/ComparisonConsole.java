package dev.gatlingllm.report.compare;

import dev.gatlingllm.decision.ComparisonGate;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.text.PlainText;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** {@code comparison.txt}: the tables for a terminal. */
final class ComparisonConsole implements TextFormat<Comparison> {

  private static final String LINE = "%-31s %-8s  %23s %10s %10s %10s %10s %21s  %s";

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
    for (Table table : comparison.tables()) {
      out.write("\n" + PlainText.line(table.title()) + "\n");
      line(out, table.heads());
      for (List<String> row : table.texts()) {
        line(out, row);
      }
    }
    out.write("\n" + PlainText.line(Comparison.LEGEND) + "\n");
    if (!comparison.gates().isEmpty()) {
      out.write("\n");
    }
    for (ComparisonGate.Result gate : comparison.gates()) {
      out.write(
          (gate.passed() ? "passed  " : "FAILED  ")
              + PlainText.line(gate.text() + ": " + gate.actual())
              + "\n");
    }
  }

  private static void line(Writer out, List<String> cells) throws IOException {
    String line = Figures.fill(LINE, cells.toArray());
    out.write(PlainText.line(line).stripTrailing() + "\n");
  }
}
