package dev.gatlingllm.report;

import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.CancelledCalls;
import dev.gatlingllm.stats.Percent;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The calls that the client cancelled. */
final class CancelledTable {

  private static final String TITLE = "Cancelled by the client";

  private static final String HINT =
      "Neither successes nor failures. Which calls the client cancels is drawn before they are"
          + " sent; those that end before are not cancelled. Rates of success and error, goodput"
          + " and latencies are those of the other calls, a fair sample of all. Partial: output"
          + " until the client cancelled; a provider may bill more.";

  private static final CancelledCalls NONE = new CancelledCalls(0, 0, 0, OptionalLong.empty(), 0);

  private CancelledTable() {}

  /** Absent if the client was to cancel none. */
  static Optional<Table> of(RunReport report) {
    List<CallStatistics> rows = HeadlineRows.withTotal(report);
    if (rows.stream().allMatch(calls -> calls.cancelled().isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        Columns.of(Kind.NAME, TITLE)
            .numbers("started", "to cancel", "cancelled", "%", "after first token", "partial tok")
            .with(TITLE, HINT, rows.stream().map(CancelledTable::row).toList()));
  }

  private static List<Cell> row(CallStatistics calls) {
    CancelledCalls cancelled = calls.cancelled().orElse(NONE);
    return List.of(
        Cell.of(calls.key().path()),
        Cell.count(calls.counts().started()),
        Cell.count(cancelled.drawn()),
        Cell.count(cancelled.calls()),
        Cell.percent(Percent.of(cancelled.calls(), calls.counts().started())),
        Cell.count(cancelled.withFirstToken()),
        Cell.count(cancelled.partialOutputTokens()));
  }
}
