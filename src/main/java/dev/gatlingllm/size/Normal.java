package dev.gatlingllm.size;

import dev.gatlingllm.input.InputException;
import dev.gatlingllm.text.Figures;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A normal or lognormal distribution, truncated: as if a number beyond the bounds were drawn again,
 * so that none piles up at a bound. Numbers are rounded to the nearest whole one.
 */
final class Normal implements TokenDistribution {

  /** With less of it between the bounds, another distribution was meant. */
  private static final double LEAST_WITHIN = 0.01;

  private static final double P95 =
      new NormalDistribution(null, 0, 1).inverseCumulativeProbability(0.95);

  private final String name;
  private final NormalDistribution normal;
  private final boolean ofLogarithm;
  private final Bounds bounds;
  private final double below;
  private final double within;

  private Normal(String name, double mean, double deviation, boolean ofLogarithm, Bounds bounds) {
    this.name = name;
    this.normal = new NormalDistribution(null, mean, deviation);
    this.ofLogarithm = ofLogarithm;
    this.bounds = bounds;
    this.below = normal.cumulativeProbability(scaled(bounds.least() - 0.5));
    this.within = normal.cumulativeProbability(scaled(bounds.most() + 0.5)) - below;
    if (!(within >= LEAST_WITHIN)) {
      throw new InputException(
          Figures.fill(
              "of %s at least 1 %% must lie between the bounds, %d to %d hold %.2g %%",
              name, bounds.least(), bounds.most(), 100 * within));
    }
  }

  static Normal ofMean(double mean, double deviation, Bounds bounds) {
    positive("sd", deviation);
    return new Normal(meanAndDeviation("normal", mean, deviation), mean, deviation, false, bounds);
  }

  /** The lognormal distribution of this median and this 95th percentile. */
  static Normal ofMedian(double median, double p95, Bounds bounds) {
    positive("median", median);
    if (!(p95 > median)) {
      throw new InputException("p95 must be above the median");
    }
    return new Normal(
        "lognormal, median " + Figures.number(median) + ", p95 " + Figures.number(p95),
        Math.log(median),
        Math.log(p95 / median) / P95,
        true,
        bounds);
  }

  /** The lognormal distribution of this mean and this standard deviation, before truncation. */
  static Normal ofMeanOfNumbers(double mean, double deviation, Bounds bounds) {
    positive("mean", mean);
    positive("sd", deviation);
    double variance = Math.log1p(deviation * deviation / (mean * mean));
    return new Normal(
        meanAndDeviation("lognormal", mean, deviation),
        Math.log(mean) - variance / 2,
        Math.sqrt(variance),
        true,
        bounds);
  }

  private static String meanAndDeviation(String name, double mean, double deviation) {
    return name + ", mean " + Figures.number(mean) + ", sd " + Figures.number(deviation);
  }

  private static void positive(String field, double value) {
    if (!(value > 0)) {
      throw new InputException(field + " must be above 0");
    }
  }

  private double scaled(double tokens) {
    return ofLogarithm ? Math.log(tokens) : tokens;
  }

  @Override
  public int at(double share) {
    double quantile = normal.inverseCumulativeProbability(Math.min(1, below + share * within));
    double tokens = ofLogarithm ? Math.exp(quantile) : quantile;
    return (int) Math.max(bounds.least(), Math.min(bounds.most(), Math.rint(tokens)));
  }

  @Override
  public int least() {
    return bounds.least();
  }

  @Override
  public int most() {
    return bounds.most();
  }

  @Override
  public String words() {
    return name + bounds.words();
  }
}
