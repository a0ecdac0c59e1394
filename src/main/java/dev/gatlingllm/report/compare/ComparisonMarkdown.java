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
    out.write(
        "### Comparison of "
            + (comparison.isOfMany() ? comparison.runs().size() + "" : "two")
            + " runs\n");
    for (Candidate candidate : comparison.candidates()) {
      out.write("\n**" + Markdown.inline(CandidateSentence.found(candidate)) + "**");
      String limits = CandidateSentence.limits(candidate);
      out.write((limits.isEmpty() ? "" : " " + Markdown.inline(limits)) + "\n");
    }
    if (!comparison.doubt().isEmpty()) {
      out.write("\n**" + Markdown.inline(comparison.doubt()) + "**\n");
    }
    out.write("\n" + MarkdownTable.of(HeadlineTable.table(comparison)));
    list(
        out,
        comparison.runs().stream()
            .map(
                run ->
                    run.letter()
                        + ": "
                        + Markdown.code(run.name())
                        + ", "
                        + Markdown.inline(run.facts()))
            .toList());
    list(
        out,
        comparison.cautions().stream().map(text -> "**" + Markdown.inline(text) + "**").toList());
    list(out, comparison.notes().stream().map(Markdown::inline).toList());
    if (!comparison.gates().isEmpty()) {
      out.write("\n| gate | | actual |\n|---|---|---|\n");
      for (ComparisonGate.Result gate : comparison.gates()) {
        String verdict = gate.passed() ? "✓ passed" : "✗ failed";
        out.write(MarkdownTable.row(List.of(gate.text(), verdict, gate.actual())));
      }
    }
    for (Candidate candidate : comparison.candidates()) {
      for (Table table : candidate.tables()) {
        out.write(
            "\n**"
                + Markdown.inline(comparison.title(candidate, table))
                + "**\n\n"
                + MarkdownTable.of(table));
      }
    }
    out.write("\n" + Markdown.inline(Comparison.LEGEND) + "\n");
  }

  private static void list(Writer out, List<String> items) throws IOException {
    if (!items.isEmpty()) {
      out.write("\n- " + String.join("\n- ", items) + "\n");
    }
  }
}
