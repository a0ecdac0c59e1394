package dev.gatlingllm.report;

import dev.gatlingllm.health.Trust;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.table.MarkdownTable;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.text.Markdown;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** {@code summary.md}: the report as a comment on a pull request. */
public final class SummaryMarkdown implements TextFormat<RunReport> {

  private static final int MOST_ERRORS = 20;

  @Override
  public String fileName() {
    return "summary.md";
  }

  @Override
  public void write(RunReport report, Writer out) throws IOException {
    StringBuilder text = new StringBuilder();
    head(report, text);
    report.capacity().ifPresent(found -> table(CapacityText.probes(found), text));
    assertions(report, text);
    headline(report, text);
    UserTable.of(report).ifPresent(table -> table(table, text));
    CancelledTable.of(report).ifPresent(table -> table(table, text));
    report
        .cost()
        .ifPresent(
            cost ->
                text.append("Cost: ").append(Markdown.inline(CostText.line(cost))).append("\n\n"));
    CallCostTables.of(report).forEach(table -> table(table, text));
    CacheTable.of(report).ifPresent(table -> table(table, text));
    SizesTable.of(report).ifPresent(table -> table(table, text));
    SessionTable.of(report).ifPresent(table -> titled(table, text));
    errors(FailureView.of(report), text);
    measurementErrors(report, text);
    notes(report, text);
    out.write(text.toString());
  }

  private static void head(RunReport report, StringBuilder text) {
    text.append("## Token report: ").append(Markdown.inline(report.title())).append("\n\n");
    if (report.completeness() != Completeness.COMPLETE) {
      text.append("> ⚠️ **").append(report.completeness().text()).append("**\n\n");
    }
    conclusion(report.conclusion(), text);
    verdict(report.client().verdict(), text);
    List<String> facts = new ArrayList<>();
    RunHeader.of(report)
        .forEach((name, value) -> facts.add(Markdown.inline(name) + ": " + Markdown.inline(value)));
    text.append(String.join(" · ", facts)).append("\n\n");
  }

  private static void conclusion(Conclusion conclusion, StringBuilder text) {
    List<String> sentences = conclusion.sentences().stream().map(Markdown::inline).toList();
    int last = sentences.size() - 1;
    text.append(String.join(" ", sentences.subList(0, last)));
    text.append("\n\n**").append(sentences.get(last)).append("**\n\n");
  }

  private static void verdict(Verdict verdict, StringBuilder text) {
    boolean trusted = verdict.level() == Trust.TRUSTED;
    text.append("> ").append(trusted ? "✅" : "⚠️");
    text.append(" Verdict: **").append(verdict.level().code()).append("**");
    verdict.reasons().forEach(reason -> text.append("\n> - ").append(Markdown.inline(reason)));
    text.append("\n\n");
  }

  private static void assertions(RunReport report, StringBuilder text) {
    if (report.assertions().isEmpty()) {
      return;
    }
    text.append("| | Assertion | Actual |\n|---|---|---|\n");
    for (AssertionResult result : report.assertions()) {
      String mark = result.passed() ? "✅" : "❌";
      text.append(MarkdownTable.row(List.of(mark, result.text(), result.actual())));
    }
    text.append('\n');
  }

  private static void headline(RunReport report, StringBuilder text) {
    text.append(
        "| Calls | started | failed | rpm | TTFT p50 | TTFT p95 | e2e p50 | e2e p95"
            + " | tok/s p50 | tok/s p10 | output tok/min | goodput |\n"
            + "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for (CallStatistics statistics : HeadlineRows.of(report)) {
      headline(statistics, text);
    }
    text.append(
        "\nTTFT and e2e in ms, from the actual start, of succeeded calls. tok/s: decode rate of one"
            + " call, without the wait for the first token; p10 is its bad tail. rpm: succeeded"
            + " calls ÷ load time. "
            + Figures.DASH
            + ": not measured, or too few calls for that percentile (p10 needs 50, p95 100).\n\n");
  }

  private static void headline(CallStatistics statistics, StringBuilder text) {
    text.append(
        "| "
            + String.join(
                " | ",
                Markdown.inline(statistics.key().path()),
                Figures.count(statistics.counts().started()),
                Figures.signedPercent(statistics.counts().errorPercent()),
                Figures.number(statistics.throughput().requestsPerMinute()),
                figure(statistics, Measure.TTFT, Quantile.P50),
                figure(statistics, Measure.TTFT, Quantile.P95),
                figure(statistics, Measure.E2E, Quantile.P50),
                figure(statistics, Measure.E2E, Quantile.P95),
                figure(statistics, Measure.TOKENS_PER_SECOND, Quantile.P50),
                figure(statistics, Measure.TOKENS_PER_SECOND, Quantile.P10),
                Figures.number(statistics.throughput().outputTokensPerMinute()),
                statistics
                    .goodput()
                    .map(goodput -> Figures.signedPercent(goodput.percent()))
                    .orElse(Figures.DASH))
            + " |\n");
  }

  private static String figure(CallStatistics statistics, Measure measure, Quantile quantile) {
    return Figures.number(statistics.of(measure).at(quantile));
  }

  private static void table(Table table, StringBuilder text) {
    text.append(MarkdownTable.of(table)).append('\n');
    text.append(Markdown.inline(table.hint())).append("\n\n");
  }

  private static void titled(Table table, StringBuilder text) {
    text.append(Markdown.inline(table.title())).append("\n\n");
    table(table, text);
  }

  private static void errors(List<FailureView> errors, StringBuilder text) {
    if (errors.isEmpty()) {
      return;
    }
    Table table = FailureView.table(errors.subList(0, Math.min(errors.size(), MOST_ERRORS)));
    text.append(MarkdownTable.of(table));
    if (errors.size() > MOST_ERRORS) {
      text.append(Figures.fill("\n… and %d more kinds of failure.\n", errors.size() - MOST_ERRORS));
    }
    text.append('\n');
  }

  private static void measurementErrors(RunReport report, StringBuilder text) {
    List<MeasurementErrorTable> tables = MeasurementErrorTable.of(report);
    for (MeasurementErrorTable table : tables) {
      text.append(MarkdownTable.of(table.under("Measurement error, ms")));
      text.append('\n').append(Markdown.inline(table.load())).append(".\n\n");
    }
    if (!tables.isEmpty()) {
      text.append(MeasurementErrorTable.CAVEAT).append("\n\n");
    }
  }

  private static void notes(RunReport report, StringBuilder text) {
    for (String remark : report.client().verdict().remarks()) {
      text.append("- ").append(Markdown.inline(remark)).append('\n');
    }
    for (String note : report.notes()) {
      text.append("- ").append(Markdown.inline(note)).append('\n');
    }
  }
}
