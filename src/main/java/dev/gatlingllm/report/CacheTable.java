package dev.gatlingllm.report;

import dev.gatlingllm.stats.CacheUse;
import dev.gatlingllm.stats.CallKey;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What each key says of the provider's prompt cache. */
final class CacheTable {

  /** What a row of hits and misses together is. */
  static final String TOGETHER =
      " A row without the label cache has the calls of all its values together.";

  private CacheTable() {}

  /** Absent if no call says anything of a cache. */
  static Optional<Table> of(RunReport report) {
    if (report.statistics().overall().cache().isEmpty()) {
      return Optional.empty();
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (CallStatistics key : HeadlineRows.withTotal(report)) {
      rows.add(row(key.key(), key.cache()));
    }
    // Before the last row, which is that of all calls where there are several.
    Map<CallKey, CacheUse> together = hitsAndMisses(report.statistics().byKey());
    together.forEach((key, use) -> rows.add(rows.size() - 1, row(key, Optional.of(use))));
    String hint = CacheUse.DEFINITION + (together.isEmpty() ? "" : TOGETHER);
    return Optional.of(
        Columns.of(Kind.NAME, "Prompt cache")
            .numbers("calls", "with hit, %", "hit rate, %", "read, tok", "written, tok")
            .with("Prompt cache", hint, rows));
  }

  /** Calls together that differ in the label alone. */
  private static Map<CallKey, CacheUse> hitsAndMisses(List<CallStatistics> keys) {
    Map<CallKey, List<CacheUse>> groups = new LinkedHashMap<>();
    for (CallStatistics calls : keys) {
      calls
          .cache()
          .ifPresent(
              use ->
                  groups
                      .computeIfAbsent(
                          calls.key().without(CacheUse.LABEL), any -> new ArrayList<>())
                      .add(use));
    }
    Map<CallKey, CacheUse> together = new LinkedHashMap<>();
    groups.forEach(
        (key, uses) -> {
          if (uses.size() > 1 && uses.size() < keys.size()) {
            together.put(key, uses.stream().reduce(CacheUse::plus).orElseThrow());
          }
        });
    return together;
  }

  private static List<Cell> row(CallKey key, Optional<CacheUse> cache) {
    boolean reads = cache.isPresent() && cache.get().calls() > 0;
    return List.of(
        Cell.of(key.path()),
        reads ? Cell.count(cache.get().calls()) : Cell.NOT_REPORTED,
        cache.map(use -> Cell.percent(use.hitPercent())).orElse(Cell.NOT_REPORTED),
        cache.map(use -> Cell.percent(use.hitRatePercent())).orElse(Cell.NOT_REPORTED),
        reads ? Cell.count(cache.get().readTokens()) : Cell.NOT_REPORTED,
        cache.map(use -> Cell.count(use.writtenTokens())).orElse(Cell.NOT_REPORTED));
  }
}
