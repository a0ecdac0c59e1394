package dev.gatlingllm.decision;

import dev.gatlingllm.stats.CallKey;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Measure;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The calls of one key in two runs.
 *
 * @param key what they have in common
 * @param first their statistics in the first run
 * @param second their statistics in the second run
 * @param quantiles of every measure that either run has values of
 * @param shares of calls
 * @param curves by measure, of those that are drawn: the distribution in the first run and in the
 *     second
 */
public record KeyComparison(
    CallKey key,
    CallStatistics first,
    CallStatistics second,
    List<QuantileChange> quantiles,
    List<ShareChange> shares,
    Map<Measure, Curves> curves) {

  /**
   * The least value that 0, 0.5, 1, … 100 % of the values do not exceed; none if there are no
   * values.
   *
   * @param first in the first run
   * @param second in the second run
   */
  public record Curves(List<Double> first, List<Double> second) {

    /** Copies the lists. */
    public Curves {
      first = List.copyOf(first);
      second = List.copyOf(second);
    }
  }

  /** The share of this name, which every comparison has. */
  ShareChange share(String name) {
    return shares.stream().filter(any -> any.name().equals(name)).findFirst().orElseThrow();
  }

  /** Copies the collections. */
  public KeyComparison {
    quantiles = List.copyOf(quantiles);
    shares = List.copyOf(shares);
    curves = Collections.unmodifiableMap(new EnumMap<>(curves));
  }
}
