package dev.gatlingllm.report.compare;

import dev.gatlingllm.decision.ComparisonGate;
import dev.gatlingllm.table.MarkdownTable;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Markdown;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

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
        comparison.cautions().stream().map(text -> "**" + Markdown.inline(text) + "**").toList());
    list(out, runs.notes().stream().map(Markdown::inline).toList());
    if (!comparison.gates().isEmpty()) {
      out.write("\n| gate | | actual |\n|---|---|---|\n");
      for (ComparisonGate.Result gate : comparison.gates()) {
        String verdict = gate.passed() ? "✓ passed" : "✗ failed";
        out.write(MarkdownTable.row(List.of(gate.text(), verdict, gate.actual())));
      }
    }
    for (Table table : comparison.tables()) {
      out.write("\n**" + Markdown.inline(table.title()) + "**\n\n" + MarkdownTable.of(table));
    }
    out.write("\n" + Markdown.inline(Comparison.LEGEND) + "\n");
  }

  private static void list(Writer out, List<String> items) throws IOException {
    if (!items.isEmpty()) {
      out.write("\n- " + String.join("\n- ", items) + "\n");
    }
  }
}
