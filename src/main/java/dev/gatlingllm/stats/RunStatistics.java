package dev.gatlingllm.stats;

import java.util.List;

/**
 * Everything a report says of a run, or of several runs merged.
 *
 * @param overall all calls together
 * @param byKey in order of first appearance
 * @param points TTFT against input tokens; a point's key is an index into {@code byKey}
 */
public record RunStatistics(
    CallStatistics overall, List<CallStatistics> byKey, TokenPoints points) {

  /** Copies the list. */
  public RunStatistics {
    byKey = List.copyOf(byKey);
  }
}
