package dev.gatlingllm.report;

import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What users waited, where that is not what the service took. */
final class UserTable {

  /** A schedule delay of less is in no user's eye, and in every run. */
  private static final double NOTICED_MILLIS = 20;

  private static final String HINT =
      "From the intended start, in ms: with the wait before a call, and with calls that were dropped,"
          + " held back, timed out or cut off as longer than any other (> x).";

  private UserTable() {}

  /** Absent if users waited no longer than the calls took. */
  static Optional<Table> of(RunReport report) {
    List<CallStatistics> rows = HeadlineRows.of(report);
    if (HeadlineRows.withTotal(report).stream().noneMatch(UserTable::waited)) {
      return Optional.empty();
    }
    return Optional.of(
        Columns.of(Kind.NAME, "As users saw it")
            .numbers("TTFT p50", "TTFT p95", "e2e p50", "e2e p95")
            .with("As users saw it", HINT, rows.stream().map(UserTable::row).toList()));
  }

  private static boolean waited(CallStatistics calls) {
    Distribution users = calls.of(Measure.E2E_FROM_ARRIVAL);
    if (users.longer() > 0) {
      return true;
    }
    Distribution service = calls.of(Measure.E2E);
    return exceeds(users.at(Quantile.P50), service.at(Quantile.P50))
        || exceeds(users.at(Quantile.P95), service.at(Quantile.P95));
  }

  private static boolean exceeds(OptionalDouble user, OptionalDouble service) {
    return user.isPresent()
        && service.isPresent()
        && user.getAsDouble() - service.getAsDouble() > NOTICED_MILLIS;
  }

  private static List<Cell> row(CallStatistics calls) {
    List<Cell> cells = new ArrayList<>();
    for (Measure measure : List.of(Measure.TTFT_FROM_ARRIVAL, Measure.E2E_FROM_ARRIVAL)) {
      for (Quantile quantile : List.of(Quantile.P50, Quantile.P95)) {
        cells.add(StatisticsTable.percentile(calls.of(measure), quantile, "too few calls"));
      }
    }
    return Cell.row(calls.key().path(), cells);
  }
}
