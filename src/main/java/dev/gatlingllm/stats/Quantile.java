package dev.gatlingllm.stats;

/**
 * The percentiles of a report, each with the number of values it takes to be worth printing: at
 * least five of them must lie beyond it, n ≥ 5/(1−p) above the median and n ≥ 5/p below. The median
 * is always worth printing.
 */
public enum Quantile {
  P1("p1", 1, 500),
  P5("p5", 5, 100),
  P10("p10", 10, 50),
  P25("p25", 25, 20),
  P50("p50", 50, 1),
  P75("p75", 75, 20),
  P90("p90", 90, 50),
  P95("p95", 95, 100),
  P99("p99", 99, 500),
  P999("p99.9", 99.9, 5000);

  private final String label;
  private final double percent;
  private final int needed;

  Quantile(String label, double percent, int needed) {
    this.label = label;
    this.percent = percent;
    this.needed = needed;
  }

  /** Such as {@code p99.9}. */
  public String label() {
    return label;
  }

  /** From 0 to 100, both excluded. */
  public double percent() {
    return percent;
  }

  /** The least number of values from which it is printed. */
  public int needed() {
    return needed;
  }
}
