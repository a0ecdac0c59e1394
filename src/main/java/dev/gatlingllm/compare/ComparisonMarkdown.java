package dev.gatlingllm.compare;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;

/** {@code comparison.md}: the tables for a pull request. */
final class ComparisonMarkdown implements ComparisonWriter {

  @Override
  public String fileName() {
    return "comparison.md";
  }

  @Override
  public void write(ComparedRuns runs, List<Gate.Result> gates, Writer out) throws IOException {
    out.write("### Comparison of two runs\n\n");
    out.write("A: `" + runs.firstName() + "`, B: `" + runs.secondName() + "`\n");
    list(
        out,
        ComparisonWriter.cautions(runs).stream().map(text -> "**" + cell(text) + "**").toList());
    list(out, runs.notes().stream().map(ComparisonMarkdown::cell).toList());
    if (!gates.isEmpty()) {
      out.write("\n| gate | | actual |\n|---|---|---|\n");
      for (Gate.Result gate : gates) {
        line(out, List.of(gate.text(), gate.passed() ? "✓ passed" : "✗ failed", gate.actual()));
      }
    }
    for (ComparisonTable table : ComparisonWriter.tables(runs)) {
      out.write("\n**" + cell(table.name()) + "**\n\n");
      line(out, ComparisonTable.COLUMNS);
      out.write("|---|---|" + "--:|".repeat(6) + "---|\n");
      for (ComparisonTable.Row row : table.rows()) {
        line(out, row.cells());
      }
    }
  }

  private static void list(Writer out, List<String> items) throws IOException {
    if (!items.isEmpty()) {
      out.write("\n- " + String.join("\n- ", items) + "\n");
    }
  }

  private static void line(Writer out, List<String> cells) throws IOException {
    out.write(
        cells.stream()
            .map(ComparisonMarkdown::cell)
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  /** As text that neither ends a cell nor becomes markup. */
  private static String cell(String text) {
    return text.replaceAll("\\s+", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("@", "&#64;")
        .replaceAll("([\\\\|*_`\\[\\]#])", "\\\\$1");
  }
}
