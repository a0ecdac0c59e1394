package dev.gatlingllm.stats;

import java.util.List;
import java.util.Optional;

/**
 * Everything a report says of a run, or of several runs merged.
 *
 * @param overall all calls together, without those in {@code spillover}
 * @param byKey in order of first appearance
 * @param points calls as points; a point's key is an index into {@code byKey}
 * @param timeline calls with their instants; a call's key is an index into {@code byKey}
 * @param views by what the calls differ in
 * @param spillover the calls that a provisioned deployment handed over
 * @param sessions the conversations that calls were turns of; absent if none was
 * @param windows the calls by when they started
 */
public record RunStatistics(
    CallStatistics overall,
    List<CallStatistics> byKey,
    TokenPoints points,
    TimedCalls timeline,
    Views views,
    Spillover spillover,
    Optional<SessionStatistics> sessions,
    CallWindows windows) {

  /** Copies the list. */
  public RunStatistics {
    byKey = List.copyOf(byKey);
  }

  /**
   * Whether rows of one name took turns: calls of two of them, as the cells of a heat map, started
   * in most slices of time. In a closed load a rate of such a row says only how often it was drawn.
   */
  public boolean takesTurns() {
    List<CallStatistics> stayed = byKey.stream().filter(row -> !row.key().spilledOver()).toList();
    List<CallStatistics> own = stayed.isEmpty() ? byKey : stayed;
    if (own.size() < 2 || own.stream().map(row -> row.key().name()).distinct().count() > 1) {
      return false;
    }
    long loaded = 0;
    long mixed = 0;
    for (int i = 0; i < overall.series().buckets().size(); i++) {
      int slice = i;
      long rows =
          own.stream().filter(row -> row.series().buckets().get(slice).started() > 0).count();
      loaded += rows > 0 ? 1 : 0;
      mixed += rows > 1 ? 1 : 0;
    }
    return 2 * mixed > loaded;
  }

  /** The same without the rates of rows. */
  public RunStatistics withoutRatesOfRows() {
    return new RunStatistics(
        overall,
        byKey.stream().map(CallStatistics::withoutRates).toList(),
        points,
        timeline,
        views,
        spillover,
        sessions,
        windows);
  }
}
