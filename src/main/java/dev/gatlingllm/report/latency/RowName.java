package dev.gatlingllm.report.latency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a row is called. */
final class RowName {

  private RowName() {}

  /** Deployment and size, and what else sets the row apart from an ordinary one. */
  static String of(LatencyRow row) {
    StringBuilder name = new StringBuilder(row.modelMaxTokens());
    if (!row.streaming()) {
      name.append(", not streaming");
    }
    row.servedRegion().ifPresent(region -> name.append(" @ ").append(region));
    return name.toString();
  }

  /**
   * A name for each row, in their order: deployment and size alone, as far as that tells them
   * apart, else the groups and labels of the calls as well.
   */
  static Map<String, LatencyRow> unique(List<LatencyRow> rows) {
    Map<String, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(of(row), 1, Integer::sum));
    Map<String, LatencyRow> named = new LinkedHashMap<>();
    for (LatencyRow row : rows) {
      List<String> parts = new ArrayList<>(List.of(of(row)));
      if (counts.get(of(row)) > 1) {
        parts.add("(" + row.calls().path() + ")");
      }
      named.put(String.join(" ", parts), row);
    }
    return named;
  }
}
