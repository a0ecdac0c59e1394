package dev.gatlingllm.report;

import dev.gatlingllm.stats.AskedSizes;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The sizes that the calls of each key asked for, beside those that were counted. */
final class SizesTable {

  private SizesTable() {}

  /** Absent if no call asked for a size that was counted. */
  static Optional<Table> of(RunReport report) {
    if (report.statistics().overall().sizes().isEmpty()) {
      return Optional.empty();
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (CallStatistics key : HeadlineRows.withTotal(report)) {
      rows.add(
          Cell.row(
              key.key().path(), key.sizes().map(SizesTable::cells).orElseGet(SizesTable::nothing)));
    }
    return Optional.of(
        Columns.of(Kind.NAME, "Sizes")
            .numbers("in, tok", "in p50, %", "in p95, %", "out, tok", "out p50, %", "at limit, %")
            .with("Sizes asked for and counted", AskedSizes.DEFINITION, rows));
  }

  private static List<Cell> cells(AskedSizes sizes) {
    return List.of(
        tokens(sizes.input()),
        percent(sizes.input().p50Percent(), Quantile.P50),
        percent(sizes.input().p95Percent(), Quantile.P95),
        tokens(sizes.output()),
        percent(sizes.output().p50Percent(), Quantile.P50),
        Cell.percent(sizes.atLimitPercent()));
  }

  private static List<Cell> nothing() {
    return Collections.nCopies(6, Cell.NOT_REPORTED);
  }

  private static Cell tokens(AskedSizes.Side side) {
    OptionalDouble mean = side.meanAsked();
    return mean.isPresent() ? Cell.count(Math.round(mean.getAsDouble())) : Cell.NOT_REPORTED;
  }

  private static Cell percent(OptionalDouble percent, Quantile quantile) {
    return Cell.number(
        percent, "n too small: " + quantile.label() + " needs " + quantile.needed() + " calls");
  }
}
