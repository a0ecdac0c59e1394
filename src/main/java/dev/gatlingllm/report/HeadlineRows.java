package dev.gatlingllm.report;

import dev.gatlingllm.stats.CallStatistics;
import java.util.ArrayList;
import java.util.List;

/** The rows of a table of keys. */
final class HeadlineRows {

  private HeadlineRows() {}

  /**
   * The rows of sums: each key, and all calls together, but for those that a provisioned deployment
   * handed over, unless there is one such key only, which would say it twice, or the keys are the
   * loads of a search.
   */
  static List<CallStatistics> withTotal(RunReport report) {
    return rows(report, report.capacity().isEmpty());
  }

  /**
   * The rows of rates and percentiles: as {@link #withTotal}, but of a ladder no row of all calls,
   * since its levels together are no load.
   */
  static List<CallStatistics> of(RunReport report) {
    boolean oneLoad = report.isOneLoad();
    return rows(report, oneLoad);
  }

  private static List<CallStatistics> rows(RunReport report, boolean together) {
    List<CallStatistics> rows = new ArrayList<>(report.statistics().byKey());
    if (together && rows.stream().filter(row -> !row.key().spilledOver()).count() != 1) {
      rows.add(report.statistics().overall());
    }
    return rows;
  }
}
