package dev.gatlingllm.report;

import dev.gatlingllm.report.KeyTable.Cell;
import dev.gatlingllm.report.KeyTable.Row;
import dev.gatlingllm.stats.CacheUse;
import dev.gatlingllm.stats.CallKey;
import dev.gatlingllm.stats.CallStatistics;
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

  private static final List<String> COLUMNS =
      List.of("calls", "with hit, %", "hit rate, %", "read, tok", "written, tok");

  private CacheTable() {}

  /** Absent if no call says anything of a cache. */
  static Optional<KeyTable> of(RunReport report) {
    if (report.statistics().overall().cache().isEmpty()) {
      return Optional.empty();
    }
    List<Row> rows = new ArrayList<>();
    for (CallStatistics key : HeadlineRows.of(report)) {
      rows.add(row(key.key(), key.cache()));
    }
    // Before the last row, which is that of all calls where there are several.
    Map<CallKey, CacheUse> together = hitsAndMisses(report.statistics().byKey());
    together.forEach((key, use) -> rows.add(rows.size() - 1, row(key, Optional.of(use))));
    String hint = CacheUse.DEFINITION + (together.isEmpty() ? "" : TOGETHER);
    return Optional.of(new KeyTable("Prompt cache", hint, COLUMNS, rows));
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

  private static Row row(CallKey key, Optional<CacheUse> cache) {
    boolean reads = cache.isPresent() && cache.get().calls() > 0;
    return new Row(
        key.path(),
        List.of(
            reads ? Cell.count(cache.get().calls()) : Cell.UNKNOWN,
            cache.map(use -> Cell.percent(use.hitPercent())).orElse(Cell.UNKNOWN),
            cache.map(use -> Cell.percent(use.hitRatePercent())).orElse(Cell.UNKNOWN),
            reads ? Cell.count(cache.get().readTokens()) : Cell.UNKNOWN,
            cache.map(use -> Cell.count(use.writtenTokens())).orElse(Cell.UNKNOWN)));
  }
}
