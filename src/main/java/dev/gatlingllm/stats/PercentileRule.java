package dev.gatlingllm.stats;

/** Whether a {@link Distribution} has a percentile of few values. */
public enum PercentileRule {
  /** Only from {@link Quantile#needed()} values on. */
  WITHHOLD_WHEN_FEW,
  /** Always, as the user asked for it. */
  SHOW_ALL;

  boolean shows(Quantile quantile, long n) {
    return this == SHOW_ALL || n >= quantile.needed();
  }
}
