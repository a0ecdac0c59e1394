package dev.gatlingllm.report;

import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of several runs, all text: one row per run, the name first.
 *
 * @param columns heads
 * @param rows a row for each run, as long as the columns
 */
record RunsTable(List<String> columns, List<List<String>> rows) {

  /** What stands where the service never told its utilisation. */
  static final String NOT_REPORTED = "not reported";

  private static final List<String> COLUMNS =
      List.of(
          "run",
          "start",
          "verdict",
          "calls",
          "failed, %",
          "throttled, %",
          "rpm",
          "rpm, steady",
          "TTFT mean, ms",
          "TTFT median, ms",
          "TTFT p95, ms",
          "tokens/s median",
          "tokens/s p10",
          "TPOT mean, ms",
          "e2e mean, ms",
          "e2e median, ms",
          "e2e p95, ms",
          "input tok/min",
          "output tok/min",
          "output tok/call p10 – mean – p90",
          "utilisation mean – p95, %");

  /** One number of every run. */
  record Line(String head, List<String> cells) {}

  /** The table turned round, without the names: a line for each number. */
  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (int column = 1; column < columns.size(); column++) {
      int place = column;
      lines.add(new Line(columns.get(column), rows.stream().map(row -> row.get(place)).toList()));
    }
    return lines;
  }

  static RunsTable of(List<RunReport> runs) {
    return new RunsTable(COLUMNS, runs.stream().map(RunsTable::row).toList());
  }

  private static List<String> row(RunReport run) {
    CallStatistics all = run.statistics().overall();
    Distribution ttft = all.of(Measure.TTFT);
    Distribution rate = all.of(Measure.TOKENS_PER_SECOND);
    Distribution e2e = all.of(Measure.E2E);
    List<String> row = new ArrayList<>();
    row.add(run.runs().get(0));
    row.add(run.info().map(RunInfo::start).map(Figures::instant).orElse(Figures.DASH));
    row.add(
        run.client().verdict().level().code()
            + (run.completeness() == Completeness.COMPLETE
                ? ""
                : ", " + run.completeness().code()));
    row.add(Figures.count(all.counts().started()));
    row.add(Figures.percent(all.counts().errorPercent()));
    row.add(Figures.percent(all.counts().throttledPercent()));
    row.add(Figures.number(all.throughput().requestsPerMinute()));
    row.add(Figures.number(all.throughput().steadyRequestsPerMinute()));
    row.add(Figures.number(ttft.mean()));
    row.add(Figures.number(ttft.median()));
    row.add(Figures.number(ttft.at(Quantile.P95)));
    row.add(Figures.number(rate.median()));
    row.add(Figures.number(rate.at(Quantile.P10)));
    row.add(Figures.number(all.of(Measure.TPOT).mean()));
    row.add(Figures.number(e2e.mean()));
    row.add(Figures.number(e2e.median()));
    row.add(Figures.number(e2e.at(Quantile.P95)));
    row.add(Figures.number(all.throughput().inputTokensPerMinute()));
    row.add(Figures.number(all.throughput().outputTokensPerMinute()));
    row.add(outputTokens(all.of(Measure.OUTPUT_TOKENS)));
    row.add(utilization(all.of(Measure.UTILIZATION)));
    return row;
  }

  private static String outputTokens(Distribution tokens) {
    return Figures.number(tokens.at(Quantile.P10))
        + " – "
        + Figures.number(tokens.mean())
        + " – "
        + Figures.number(tokens.at(Quantile.P90));
  }

  private static String utilization(Distribution percent) {
    return percent.n() == 0
        ? NOT_REPORTED
        : Figures.number(percent.mean()) + " – " + Figures.number(percent.at(Quantile.P95));
  }
}
