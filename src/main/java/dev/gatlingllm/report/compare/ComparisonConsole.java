package dev.gatlingllm.report.compare;

import dev.gatlingllm.decision.ComparisonGate;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.text.PlainText;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
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
    for (RunRow run : comparison.runs()) {
      out.write(run.letter() + "  " + PlainText.line(run.name() + " (" + run.facts() + ")") + "\n");
    }
    out.write("\n");
    for (Candidate candidate : comparison.candidates()) {
      sentence(out, CandidateSentence.found(candidate));
      sentence(out, CandidateSentence.limits(candidate));
    }
    sentence(out, comparison.doubt());
    aligned(out, HeadlineTable.table(comparison));
    if (!comparison.cautions().isEmpty() || !comparison.notes().isEmpty()) {
      out.write("\n");
    }
    for (String caution : comparison.cautions()) {
      out.write("!  " + PlainText.line(caution) + "\n");
    }
    for (String note : comparison.notes()) {
      out.write("   " + PlainText.line(note) + "\n");
    }
    for (Candidate candidate : comparison.candidates()) {
      for (Table table : candidate.tables()) {
        out.write("\n" + PlainText.line(comparison.title(candidate, table)) + "\n");
        line(out, table.heads());
        for (List<String> row : table.texts()) {
          line(out, row);
        }
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

  private static void sentence(Writer out, String text) throws IOException {
    if (!text.isEmpty()) {
      out.write(PlainText.line(text) + "\n");
    }
  }

  /** Each column as wide as its widest cell. */
  private static void aligned(Writer out, Table table) throws IOException {
    List<List<String>> lines = new ArrayList<>();
    lines.add(table.heads());
    lines.addAll(table.texts());
    out.write("\n");
    for (List<String> cells : lines) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < cells.size(); i++) {
        int column = i;
        int width = lines.stream().mapToInt(any -> any.get(column).length()).max().orElse(0);
        String pad = " ".repeat(width - cells.get(i).length());
        line.append(table.columns().get(i).isNumber() ? pad + cells.get(i) : cells.get(i) + pad);
        line.append("  ");
      }
      out.write(PlainText.line(line.toString()).stripTrailing() + "\n");
    }
  }

  private static void line(Writer out, List<String> cells) throws IOException {
    String line = Figures.fill(LINE, cells.toArray());
    out.write(PlainText.line(line).stripTrailing() + "\n");
  }
}
