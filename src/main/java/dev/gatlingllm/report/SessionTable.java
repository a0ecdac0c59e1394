package dev.gatlingllm.report;

import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.SessionMeasure;
import dev.gatlingllm.stats.SessionStatistics;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Count;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What became of conversations and agent sessions, and what the whole ones took. */
final class SessionTable {

  private SessionTable() {}

  /** Absent if no call was in a session. */
  static Optional<Table> of(RunReport report) {
    return report.statistics().sessions().map(SessionTable::of);
  }

  private static Table of(SessionStatistics sessions) {
    List<List<Cell>> rows = new ArrayList<>();
    for (SessionMeasure measure : SessionMeasure.values()) {
      rows.add(row(measure, sessions.of(measure)));
    }
    return Columns.of(Kind.NAME, "Sessions")
        .numbers("n", "mean", "p50", "p95", "max")
        .with("Sessions: " + counts(sessions), SessionStatistics.DEFINITION, rows);
  }

  /** How they ended, in words. */
  static String counts(SessionStatistics sessions) {
    return Figures.count(sessions.whole())
        + " whole, "
        + Figures.count(sessions.brokenOff())
        + " broken off, "
        + Figures.count(sessions.cutOff())
        + " cut off; "
        + Count.of(sessions.turnsNotSent(), "turn")
        + " not sent";
  }

  private static List<Cell> row(SessionMeasure measure, Distribution values) {
    String name = measure.label() + (measure.unit().isEmpty() ? "" : ", " + measure.unit());
    return List.of(
        Cell.of(name, measure.definition()),
        Cell.count(values.n()),
        cell(values.mean()),
        cell(values.at(Quantile.P50)),
        cell(values.at(Quantile.P95)),
        cell(values.max()));
  }

  private static Cell cell(OptionalDouble value) {
    return Cell.number(value, "not measured, or too few sessions for that percentile");
  }
}
