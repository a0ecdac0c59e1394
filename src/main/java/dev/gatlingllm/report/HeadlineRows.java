package dev.gatlingllm.report;

import dev.gatlingllm.stats.CallStatistics;
import java.util.ArrayList;
import java.util.List;

/** The rows of a table of keys. */
final class HeadlineRows {

  private HeadlineRows() {}

  /**
   * Each key, and all calls together, but for those that a provisioned deployment handed over,
   * unless there is one such key only, which would say it twice, or the keys are the levels of a
   * ladder or the loads of a search, which together are no load.
   */
  static List<CallStatistics> of(RunReport report) {
    List<CallStatistics> rows = new ArrayList<>(report.statistics().byKey());
    boolean together =
        report.capacity().isEmpty() && report.statistics().views().levels().isEmpty();
    if (together && rows.stream().filter(row -> !row.key().spilledOver()).count() != 1) {
      rows.add(report.statistics().overall());
    }
    return rows;
  }
}
