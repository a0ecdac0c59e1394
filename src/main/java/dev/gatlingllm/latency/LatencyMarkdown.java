package dev.gatlingllm.latency;

import dev.gatlingllm.stats.Regression;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.text.Markdown;
import java.util.ArrayList;
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
    List<String> names = rows.stream().map(row -> Markdown.inline(row.getKey())).toList();
    text.append("| Statistic | ").append(String.join(" | ", names)).append(" |\n|---");
    text.append("|--:".repeat(rows.size())).append("|\n");
    for (LatencyStatistic statistic : LatencyStatistic.values()) {
      if (statistic != LatencyStatistic.MODEL_MAX_TOKENS) {
        List<String> cells =
            rows.stream().map(row -> Markdown.inline(statistic.of(row.getValue()))).toList();
        text.append("| ").append(Markdown.inline(statistic.column())).append(" | ");
        text.append(String.join(" | ", cells)).append(" |\n");
      }
    }
    text.append('\n');
  }

  private static void fits(List<TokenFit> fits, StringBuilder text) {
    text.append(
        """
        ### Latency and tokens

        | Deployment | over | n | ms per token | 95 % interval | Pearson's r |
        |---|---|--:|--:|--:|--:|
        """);
    for (TokenFit fit : fits) {
      line(fit.deployment(), "e2e over output tokens", fit.timeByOutput(), text);
      line(fit.deployment(), "e2e over input tokens", fit.timeByInput(), text);
      line(fit.deployment(), "TTFT over input tokens", fit.ttftByInput(), text);
    }
    text.append(
        "\nStraight lines by least squares. TTFT over input tokens is the time that the service"
            + " takes to process one input token. A dash: fewer than three calls, or all of one"
            + " size.\n\n");
    fits.forEach(fit -> outliers(fit, text));
    fits.forEach(fit -> lookAlikes(fit, text));
  }

  private static void line(
      String deployment, String what, Optional<Regression> line, StringBuilder text) {
    text.append(
        Figures.fill(
            "| %s | %s | %s | %s | %s | %s |\n",
            Markdown.inline(deployment),
            what,
            line.map(found -> Cells.count(found.n())).orElse(Figures.DASH),
            line.map(found -> Figures.fill("%.3f", found.slope())).orElse(Figures.DASH),
            line.map(found -> Figures.fill("%.3f to %.3f", found.low(), found.high()))
                .orElse(Figures.DASH),
            line.map(found -> Figures.fill("%.3f", found.correlation())).orElse(Figures.DASH)));
  }

  private static void outliers(TokenFit fit, StringBuilder text) {
    if (fit.outliers().isEmpty()) {
      return;
    }
    text.append("Farthest from the line of e2e over output tokens, ");
    text.append(Markdown.inline(fit.deployment())).append(":\n\n");
    for (TokenFit.Outlier outlier : fit.outliers()) {
      text.append(Figures.fill("- %+.3f s: ", outlier.residualSeconds()));
      text.append(Markdown.inline(Cells.run(outlier.run()))).append('\n');
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
      text.append(Markdown.inline(Cells.run(pair.faster()))).append(" · ");
      text.append(Markdown.inline(Cells.run(pair.slower()))).append('\n');
    }
    text.append('\n');
  }
}
