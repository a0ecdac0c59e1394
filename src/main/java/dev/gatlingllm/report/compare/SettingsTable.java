package dev.gatlingllm.report.compare;

import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The settings in which a run differs from the first, a column for each run. */
final class SettingsTable {

  private SettingsTable() {}

  static Table of(Comparison comparison) {
    List<Candidate> candidates = comparison.candidates();
    Map<String, List<SettingDifference>> byKey = new TreeMap<>();
    for (Candidate candidate : candidates) {
      for (SettingDifference difference : candidate.runs().settings()) {
        byKey.computeIfAbsent(difference.key(), any -> new ArrayList<>()).add(difference);
      }
    }
    List<List<Cell>> rows = new ArrayList<>();
    byKey.forEach(
        (key, differences) -> {
          String first = differences.get(0).first();
          List<Cell> row = new ArrayList<>(Cell.row(key, SettingDifference.shown(first)));
          for (Candidate candidate : candidates) {
            row.add(
                candidate.runs().settings().stream()
                    .filter(any -> any.key().equals(key))
                    .findFirst()
                    .map(any -> Cell.of(SettingDifference.shown(any.second())).as("different"))
                    .orElseGet(() -> Cell.of("the same")));
          }
          rows.add(row);
        });
    Columns columns = Columns.of(Kind.NAME, "setting").and(Kind.TEXT, Candidate.FIRST);
    candidates.forEach(candidate -> columns.and(Kind.VERDICT, candidate.letter()));
    return columns.with(rows);
  }
}
