package dev.gatlingllm.compare;

import dev.gatlingllm.decision.Gate;
import dev.gatlingllm.text.Markdown;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;

/** {@code comparison.md}: the tables for a pull request. */
final class ComparisonMarkdown implements TextFormat<Comparison> {

  @Override
  public String fileName() {
    return "comparison.md";
  }

  @Override
  public void write(Comparison comparison, Writer out) throws IOException {
    ComparedRuns runs = comparison.runs();
    out.write("### Comparison of two runs\n\n");
    out.write(
        "A: "
            + Markdown.code(runs.firstName())
            + ", B: "
            + Markdown.code(runs.secondName())
            + "\n");
    list(
        out,
        comparison.cautions().stream()
            .map(text -> "**" + Markdown.inline(text) + "**")
            .toList());
    list(out, runs.notes().stream().map(Markdown::inline).toList());
    if (!comparison.gates().isEmpty()) {
      out.write("\n| gate | | actual |\n|---|---|---|\n");
      for (Gate.Result gate : comparison.gates()) {
        line(out, List.of(gate.text(), gate.passed() ? "✓ passed" : "✗ failed", gate.actual()));
      }
    }
    for (ComparisonTable table : comparison.tables()) {
      out.write("\n**" + Markdown.inline(table.name()) + "**\n\n");
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
        cells.stream().map(Markdown::inline).collect(Collectors.joining(" | ", "| ", " |\n")));
  }
}
