package dev.gatlingllm.report.latency;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.ServedRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes the calls of a run and makes the table of them. Confined to one thread. */
final class LatencyCollector {

  private final Optional<Instant> runStart;
  private final int mostCalls;
  private ServedRows<Map<RowKey, RowTally>> parts = new ServedRows<>();
  private int calls;

  /**
   * A table of at most so many calls.
   *
   * @param runStart wall time of the run's start; absent if unknown
   */
  LatencyCollector(Optional<Instant> runStart, int mostCalls) {
    this.runStart = runStart;
    this.mostCalls = mostCalls;
  }

  void add(CallRecord call) {
    if (call.outcome() == Outcome.DROPPED
        || call.outcome() == Outcome.UNFINISHED
        || call.cancel().cancels()) {
      return;
    }
    calls++;
    if (calls > mostCalls) {
      parts = new ServedRows<>();
      return;
    }
    Map<RowKey, RowTally> part = parts.of(call, any -> new LinkedHashMap<>());
    RowKey key = RowKey.of(call);
    tally(part, key).add(call);
    if (!call.service().region().isEmpty()) {
      tally(part, key.servedBy(call.service().region())).add(call);
    }
  }

  /** The rows of all regions, or those of each one. */
  private Map<RowKey, RowTally> rows(boolean byRegion) {
    Map<RowKey, RowTally> rows = new LinkedHashMap<>();
    parts
        .rows()
        .forEach(
            (row, members) ->
                members.forEach(
                    part ->
                        part.forEach(
                            (key, tally) -> {
                              if (key.servedRegion().isPresent() == byRegion) {
                                tally(rows, key.of(row)).addAll(tally);
                              }
                            })));
    return rows;
  }

  private RowTally tally(Map<RowKey, RowTally> where, RowKey key) {
    return where.computeIfAbsent(key, any -> new RowTally(runStart));
  }

  Optional<LatencyTable> table(PercentileRule rule) {
    if (calls > mostCalls) {
      return Optional.empty();
    }
    Map<RowKey, RowTally> tallies = rows(false);
    Map<RowKey, RowTally> byRegion = rows(true);
    List<LatencyRow> rows = new ArrayList<>();
    tallies.entrySet().stream()
        .map(entry -> entry.getValue().row(entry.getKey(), rule))
        .sorted(LatencyTable.fastestFirst())
        .forEach(
            row -> {
              rows.add(row);
              rows.addAll(regionsOf(row, byRegion, rule));
            });
    return Optional.of(new LatencyTable(rows, fits(tallies)));
  }

  private static List<LatencyRow> regionsOf(
      LatencyRow row, Map<RowKey, RowTally> byRegion, PercentileRule rule) {
    if (row.regions().size() < 2) {
      return List.of();
    }
    RowKey key = new RowKey(row.calls(), row.model(), row.streaming(), Optional.empty());
    return row.regions().stream()
        .map(key::servedBy)
        .map(part -> byRegion.get(part).row(part, rule))
        .sorted(Comparator.comparing(part -> part.servedRegion().orElseThrow()))
        .toList();
  }

  private static List<TokenFit> fits(Map<RowKey, RowTally> tallies) {
    Map<String, List<LatencyRun>> models = new LinkedHashMap<>();
    tallies.forEach(
        (key, tally) ->
            models
                .computeIfAbsent(
                    key.model() + (key.streaming() ? "" : ", not streaming"),
                    any -> new ArrayList<>())
                .addAll(tally.runs()));
    return models.entrySet().stream()
        .map(entry -> TokenFit.of(entry.getKey(), entry.getValue()))
        .toList();
  }
}
