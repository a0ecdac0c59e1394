package dev.gatlingllm.size;

/** A distribution of a number of tokens. Immutable. */
public sealed interface TokenDistribution permits Constant, Uniform, Normal {

  /**
   * The quantile of a share: of uniformly drawn shares, the numbers have this distribution.
   *
   * @param share from 0, below 1
   */
  int at(double share);

  /** The least number that it gives, at least 1. */
  int least();

  /** The most that it gives. */
  int most();

  /** For readers, such as {@code lognormal, median 800, p95 4,000}. */
  String words();
}
