package dev.gatlingllm.report.runs;

import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.report.Completeness;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;

/** The numbers of several runs, all text: a column for each run, a row for each number. */
final class RunsTable {

  /** What stands where the service never told its utilisation. */
  static final String NOT_REPORTED = "not reported";

  private static final List<String> HEADS =
      List.of(
          "start",
          "verdict",
          "calls",
          "failed, %",
          "throttled, %",
          "load time, s",
          "rpm",
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

  private RunsTable() {}

  /**
   * The table.
   *
   * @param head of the column that names the numbers
   */
  static Table of(String head, List<RunReport> runs) {
    List<List<Cell>> numbers = runs.stream().map(RunsTable::numbers).toList();
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < HEADS.size(); i++) {
      int row = i;
      rows.add(Cell.row(HEADS.get(row), numbers.stream().map(run -> run.get(row)).toList()));
    }
    return Columns.of(Kind.NAME, head)
        .numbers(runs.stream().map(run -> run.runs().get(0)).toList())
        .with(rows);
  }

  private static List<Cell> numbers(RunReport run) {
    CallStatistics all = run.statistics().overall();
    Distribution ttft = all.of(Measure.TTFT);
    Distribution rate = all.of(Measure.TOKENS_PER_SECOND);
    Distribution e2e = all.of(Measure.E2E);
    return Cell.row(
        run.info().map(RunInfo::start).map(Figures::instant).orElse(Figures.DASH),
        run.client().verdict().level().code()
            + (run.completeness() == Completeness.COMPLETE ? "" : ", " + run.completeness().code()),
        Figures.count(all.counts().started()),
        Figures.percent(all.counts().errorPercent()),
        Figures.percent(all.counts().throttledPercent()),
        Figures.number(all.throughput().loadSeconds()),
        Figures.number(all.throughput().requestsPerMinute()),
        Figures.number(ttft.mean()),
        Figures.number(ttft.median()),
        Figures.number(ttft.at(Quantile.P95)),
        Figures.number(rate.median()),
        Figures.number(rate.at(Quantile.P10)),
        Figures.number(all.of(Measure.TPOT).mean()),
        Figures.number(e2e.mean()),
        Figures.number(e2e.median()),
        Figures.number(e2e.at(Quantile.P95)),
        Figures.number(all.throughput().inputTokensPerMinute()),
        Figures.number(all.throughput().outputTokensPerMinute()),
        outputTokens(all.of(Measure.OUTPUT_TOKENS)),
        utilization(all.of(Measure.UTILIZATION)));
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
