package dev.gatlingllm.stats;

import java.util.Arrays;

/**
 * How many values were at most each of some levels, by when their calls started: what is left of
 * the order of values that are too many to be kept. Confined to one thread.
 */
final class LevelCounts implements Independence {

  private final double[] levels;
  private final SlotCounts counts;

  /**
   * Begins without a value.
   *
   * @param levels ascending, at least one
   */
  LevelCounts(double[] levels) {
    this.levels = levels.clone();
    this.counts = new SlotCounts(levels.length + 1);
  }

  /** The levels for values that go on like these. */
  static double[] levels(Values values) {
    return Arrays.stream(Quantile.values())
        .mapToDouble(quantile -> values.percentile(quantile.percent()))
        .toArray();
  }

  void add(int unit, double value) {
    counts.add(unit, levels.length);
    for (int level = levels.length - 1; level >= 0 && value <= levels[level]; level--) {
      counts.add(unit, level);
    }
  }

  /** Adds those of another with the same levels. */
  void addAll(LevelCounts other) {
    counts.addAll(other.counts);
  }

  double[] levels() {
    return levels.clone();
  }

  @Override
  public double worth(double level) {
    return Math.max(1, Math.min(worthOfRanks(), counts.worth(nearest(level), levels.length)));
  }

  /**
   * As of the ranks, as far as levels tell them apart: a value has the rank of the levels below it,
   * each of which counts for the distance of its neighbours.
   */
  private double worthOfRanks() {
    int all = levels.length;
    long n = counts.total(all);
    double[] shares = new double[all];
    Arrays.setAll(shares, level -> (double) counts.total(level) / n);
    double variance = 0;
    double[] blocks = counts.blocks(all, all);
    for (int i = 0; i < all; i++) {
      for (int j = 0; j < all; j++) {
        double both = shares[Math.min(i, j)] - shares[i] * shares[j];
        variance += weight(shares, i) * weight(shares, j) * both;
      }
      double[] ofLevel = counts.blocks(i, all);
      for (int slot = 0; slot < blocks.length; slot++) {
        blocks[slot] += weight(shares, i) * ofLevel[slot];
      }
    }
    return Dependence.worth(variance, n, blocks);
  }

  private static double weight(double[] shares, int level) {
    double below = level == 0 ? 0 : shares[level - 1];
    double above = level == shares.length - 1 ? 1 : shares[level + 1];
    return (above - below) / 2;
  }

  private int nearest(double level) {
    int nearest = 0;
    for (int i = 1; i < levels.length; i++) {
      if (Math.abs(levels[i] - level) < Math.abs(levels[nearest] - level)) {
        nearest = i;
      }
    }
    return nearest;
  }
}
