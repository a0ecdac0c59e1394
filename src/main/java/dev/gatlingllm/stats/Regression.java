package dev.gatlingllm.stats;

import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * A straight line through pairs of values, by least squares: {@code y = intercept + slope × x}.
 *
 * @param n how many pairs, at least 3
 * @param intercept of the line, in units of y
 * @param slope of the line, units of y for each unit of x
 * @param low lower end of the slope's 95 % interval (Student's t, n − 2)
 * @param high upper end
 * @param correlation Pearson's r, −1 to 1
 */
public record Regression(
    long n, double intercept, double slope, double low, double high, double correlation) {

  private static final double CONFIDENCE = 0.95;
  private static final int LEAST_PAIRS = 3;

  /**
   * The line through these pairs; absent if there are fewer than three, or if x or y is the same in
   * all of them.
   *
   * @throws IllegalArgumentException if the arrays differ in length
   */
  public static Optional<Regression> of(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "x and y must have the same length, had " + x.length + " and " + y.length);
    }
    SimpleRegression line = new SimpleRegression();
    for (int i = 0; i < x.length; i++) {
      line.addData(x[i], y[i]);
    }
    if (x.length < LEAST_PAIRS || !(line.getXSumSquares() > 0 && line.getTotalSumSquares() > 0)) {
      return Optional.empty();
    }
    // SimpleRegression has the half width too, but rejects a line that fits without any error.
    double t =
        new TDistribution(line.getN() - 2.0).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    double half = t * line.getSlopeStdErr();
    return Optional.of(
        new Regression(
            line.getN(),
            line.getIntercept(),
            line.getSlope(),
            line.getSlope() - half,
            line.getSlope() + half,
            line.getR()));
  }

  /** What the line says of an x. */
  public double at(double x) {
    return intercept + slope * x;
  }
}
