package dev.gatlingllm.report.latency;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.PercentileRule;
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
  private final Map<RowKey, RowTally> tallies = new LinkedHashMap<>();
  private final Map<RowKey, RowTally> byRegion = new LinkedHashMap<>();
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
    if (call.outcome() == Outcome.DROPPED || call.outcome() == Outcome.UNFINISHED) {
      return;
    }
    calls++;
    if (calls > mostCalls) {
      tallies.clear();
      byRegion.clear();
      return;
    }
    RowKey key = RowKey.of(call);
    tally(tallies, key).add(call);
    if (!call.service().region().isEmpty()) {
      tally(byRegion, key.servedBy(call.service().region())).add(call);
    }
  }

  private RowTally tally(Map<RowKey, RowTally> where, RowKey key) {
    return where.computeIfAbsent(key, any -> new RowTally(runStart));
  }

  Optional<LatencyTable> table(PercentileRule rule) {
    if (calls > mostCalls) {
      return Optional.empty();
    }
    List<LatencyRow> rows = new ArrayList<>();
    tallies.entrySet().stream()
        .map(entry -> entry.getValue().row(entry.getKey(), rule))
        .sorted(LatencyTable.fastestFirst())
        .forEach(
            row -> {
              rows.add(row);
              rows.addAll(regionsOf(row, rule));
            });
    return Optional.of(new LatencyTable(rows, fits()));
  }

  private List<LatencyRow> regionsOf(LatencyRow row, PercentileRule rule) {
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

  private List<TokenFit> fits() {
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
