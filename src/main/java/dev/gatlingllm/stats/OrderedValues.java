package dev.gatlingllm.stats;

/**
 * Values in the order in which their calls started, to see how much neighbours resemble each other.
 * Both the ranks of the values and whether they keep a level are looked at, and the one that
 * depends more counts. Of more than {@value #MOST_BLOCKS} values, neighbours are taken together.
 * Confined to one thread.
 */
final class OrderedValues implements Independence {

  /** So many points of a series are transformed at most. */
  static final int MOST_BLOCKS = 8192;

  private final double[] series;
  private final double[] sorted;
  private double worthOfRanks = Double.NaN;

  /** Both arrays are kept as they are. */
  OrderedValues(double[] series, double[] sorted) {
    this.series = series;
    this.sorted = sorted;
  }

  @Override
  public double worth(double level) {
    if (Double.isNaN(worthOfRanks)) {
      worthOfRanks = worthOfRanks();
    }
    double share = (double) SortedValues.atMost(sorted, 0, series.length, level) / series.length;
    double[] blocks = blocks();
    for (int i = 0; i < series.length; i++) {
      blocks[block(i)] += (series[i] <= level ? 1 : 0) - share;
    }
    return Math.max(
        1, Math.min(worthOfRanks, Dependence.worth(share * (1 - share), series.length, blocks)));
  }

  private double worthOfRanks() {
    double[] blocks = blocks();
    double mean = (series.length - 1) / 2.0;
    double squares = 0;
    RankIndex ranks = new RankIndex(sorted);
    for (int i = 0; i < series.length; i++) {
      double distance = ranks.meanRank(series[i]) - mean;
      squares += distance * distance;
      blocks[block(i)] += distance;
    }
    return Dependence.worth(squares / series.length, series.length, blocks);
  }

  private double[] blocks() {
    return new double[block(series.length - 1) + 1];
  }

  private int block(int place) {
    return place / ((series.length + MOST_BLOCKS - 1) / MOST_BLOCKS);
  }
}
