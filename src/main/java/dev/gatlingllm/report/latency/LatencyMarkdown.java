package dev.gatlingllm.report.latency;

import dev.gatlingllm.stats.Regression;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.MarkdownTable;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.text.Markdown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code latency-table.md}: the statistics as rows, a column for each deployment and size. */
final class LatencyMarkdown {

  private static final int COLUMNS = 6;

  private LatencyMarkdown() {}

  static String of(LatencyTable table) {
    StringBuilder text = new StringBuilder("## Latency by deployment and size\n\n");
    List<Map.Entry<String, LatencyRow>> rows =
        new ArrayList<>(RowName.unique(table.rows()).entrySet());
    for (int from = 0; from < rows.size(); from += COLUMNS) {
      statistics(rows.subList(from, Math.min(rows.size(), from + COLUMNS)), text);
    }
    text.append(LatencyStatistic.RULES).append("\n\n");
    fits(table.fits(), text);
    text.append("### What each statistic means\n\n");
    for (LatencyStatistic statistic : LatencyStatistic.values()) {
      text.append("- **").append(Markdown.inline(statistic.column())).append("**: ");
      text.append(statistic.description()).append('\n');
    }
    return text.toString();
  }

  private static void statistics(List<Map.Entry<String, LatencyRow>> rows, StringBuilder text) {
    List<List<Cell>> lines =
        Arrays.stream(LatencyStatistic.values())
            .filter(statistic -> statistic != LatencyStatistic.MODEL_MAX_TOKENS)
            .map(
                statistic ->
                    Cell.row(
                        statistic.column(),
                        rows.stream().map(row -> Cell.of(statistic.of(row.getValue()))).toList()))
            .toList();
    Columns columns =
        Columns.of(Kind.NAME, "Statistic").numbers(rows.stream().map(Map.Entry::getKey).toList());
    text.append(MarkdownTable.of(columns.with(lines)));
    text.append('\n');
  }

  private static void fits(List<TokenFit> fits, StringBuilder text) {
    List<List<Cell>> lines = new ArrayList<>();
    for (TokenFit fit : fits) {
      lines.add(line(fit.deployment(), "e2e over output tokens", fit.timeByOutput()));
      lines.add(line(fit.deployment(), "e2e over input tokens", fit.timeByInput()));
      lines.add(line(fit.deployment(), "TTFT over input tokens", fit.ttftByInput()));
    }
    Columns columns =
        Columns.of(Kind.NAME, "Deployment")
            .and(Kind.TEXT, "over")
            .numbers("n", "ms per token", "95 % interval", "Pearson's r");
    text.append("### Latency and tokens\n\n").append(MarkdownTable.of(columns.with(lines)));
    text.append(
        "\nStraight lines by least squares. TTFT over input tokens is the time that the service"
            + " takes to process one input token. A dash: fewer than three calls, or all of one"
            + " size.\n\n");
    fits.forEach(fit -> outliers(fit, text));
    fits.forEach(fit -> lookAlikes(fit, text));
  }

  private static List<Cell> line(String deployment, String what, Optional<Regression> line) {
    return Cell.row(
        deployment,
        what,
        line.map(found -> LatencyFigures.count(found.n())).orElse(Figures.DASH),
        line.map(found -> Figures.fill("%.3f", found.slope())).orElse(Figures.DASH),
        line.map(found -> Figures.fill("%.3f to %.3f", found.low(), found.high()))
            .orElse(Figures.DASH),
        line.map(found -> Figures.fill("%.3f", found.correlation())).orElse(Figures.DASH));
  }

  private static void outliers(TokenFit fit, StringBuilder text) {
    if (fit.outliers().isEmpty()) {
      return;
    }
    text.append("Farthest from the line of e2e over output tokens, ");
    text.append(Markdown.inline(fit.deployment())).append(":\n\n");
    for (TokenFit.Outlier outlier : fit.outliers()) {
      text.append(Figures.fill("- %+.3f s: ", outlier.residualSeconds()));
      text.append(Markdown.inline(LatencyFigures.run(outlier.run()))).append('\n');
    }
    text.append('\n');
  }

  private static void lookAlikes(TokenFit fit, StringBuilder text) {
    if (fit.lookAlikes().isEmpty()) {
      return;
    }
    text.append("About as many tokens, yet far apart in time, ");
    text.append(Markdown.inline(fit.deployment())).append(":\n\n");
    for (TokenFit.LookAlikes pair : fit.lookAlikes()) {
      text.append(Figures.fill("- %.3f s apart: ", pair.differenceSeconds()));
      text.append(Markdown.inline(LatencyFigures.run(pair.faster()))).append(" · ");
      text.append(Markdown.inline(LatencyFigures.run(pair.slower()))).append('\n');
    }
    text.append('\n');
  }
}
