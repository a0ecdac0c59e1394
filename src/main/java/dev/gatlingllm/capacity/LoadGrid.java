package dev.gatlingllm.capacity;

import dev.gatlingllm.stats.Interval;

/** Loads in equal steps of their logarithm. */
final class LoadGrid {

  private static final int MOST = 4000;

  private final double logLow;
  private final double step;
  private final int size;

  /**
   * Covers a range, both ends included.
   *
   * @param step relative distance of neighbours, such as 0.005
   */
  LoadGrid(double low, double high, double step) {
    this.logLow = Math.log(low);
    double length = Math.log(high) - logLow;
    this.size = (int) Math.min(MOST, Math.ceil(length / step)) + 1;
    this.step = length / (size - 1);
  }

  int size() {
    return size;
  }

  double logAt(int index) {
    return logLow + step * index;
  }

  /** The load below which a share of the likelihood lies. */
  double quantile(double[] likely, double share) {
    double below = 0;
    for (int i = 0; i < size; i++) {
      if (below + likely[i] >= share) {
        double within = likely[i] > 0 ? (share - below) / likely[i] : 0.5;
        return Math.exp(logAt(i) + (within - 0.5) * step);
      }
      below += likely[i];
    }
    return Math.exp(logAt(size - 1));
  }

  /** Median and interval. */
  LoadRange range(double[] likely) {
    return new LoadRange(
        quantile(likely, 0.5),
        new Interval(
            quantile(likely, Interval.RISK_OF_ONE_END),
            quantile(likely, 1 - Interval.RISK_OF_ONE_END)));
  }
}
