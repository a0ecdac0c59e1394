package dev.gatlingllm.stats;

import java.util.List;
import java.util.Optional;

/**
 * Everything a report says of a run, or of several runs merged.
 *
 * @param overall all calls together, without those in {@code spillover}
 * @param byKey in order of first appearance
 * @param points calls as points; a point's key is an index into {@code byKey}
 * @param views by what the calls differ in
 * @param spillover the calls that a provisioned deployment handed over
 * @param sessions the conversations that calls were turns of; absent if none was
 * @param windows the calls by when they started
 */
public record RunStatistics(
    CallStatistics overall,
    List<CallStatistics> byKey,
    TokenPoints points,
    Views views,
    Spillover spillover,
    Optional<SessionStatistics> sessions,
    CallWindows windows) {

  /** Copies the list. */
  public RunStatistics {
    byKey = List.copyOf(byKey);
  }
}
