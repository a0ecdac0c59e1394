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
    double[] blocks = new double[blocks()];
    for (int block = 0; block < blocks.length; block++) {
      int end = begin(block + 1);
      int atMost = 0;
      for (int i = begin(block); i < end; i++) {
        atMost += series[i] <= level ? 1 : 0;
      }
      blocks[block] = atMost - share * (end - begin(block));
    }
    return Math.max(
        1, Math.min(worthOfRanks, Dependence.worth(share * (1 - share), series.length, blocks)));
  }

  private double worthOfRanks() {
    double[] blocks = new double[blocks()];
    double mean = (series.length - 1) / 2.0;
    double squares = 0;
    RankIndex ranks = new RankIndex(sorted);
    for (int block = 0; block < blocks.length; block++) {
      int end = begin(block + 1);
      for (int i = begin(block); i < end; i++) {
        double distance = ranks.meanRank(series[i]) - mean;
        squares += distance * distance;
        blocks[block] += distance;
      }
    }
    return Dependence.worth(squares / series.length, series.length, blocks);
  }

  private int blocks() {
    return (series.length + ofBlock() - 1) / ofBlock();
  }

  private int begin(int block) {
    return Math.min(series.length, block * ofBlock());
  }

  private int ofBlock() {
    return (series.length + MOST_BLOCKS - 1) / MOST_BLOCKS;
  }
}
