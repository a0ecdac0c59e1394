package dev.gatlingllm.arrival;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * Where the arrivals of a renewal process lie between 0 and 1, given their count: between them, and
 * before the first and after the last, are gaps of one gamma distribution, scaled so that they add
 * up to 1. With a shape of 1 they lie as {@link UniformShares} do.
 *
 * <p>Such gaps have a symmetric Dirichlet distribution, which is cut off a stick from one end: of
 * what is left, a gap with {@code m} more to come takes a share with the distribution {@code
 * Beta(shape, m × shape)} (L. Devroye, "Non-Uniform Random Variate Generation", chapter XI.4,
 * 1986). Constant memory, no first pass.
 */
final class GammaShares implements DoubleSupplier {

  /** From here on {@code log(1 + exp(x))} is {@code x}. */
  private static final double LARGE = 40;

  private final double shape;
  private final SplittableRandom random;
  private long left;
  private double logLeft;

  GammaShares(long count, double shape, SplittableRandom random) {
    this.left = count;
    this.shape = shape;
    this.random = random;
  }

  @Override
  public double getAsDouble() {
    double odds = logGamma(shape) - logGamma(shape * left);
    left--;
    logLeft -= odds > LARGE ? odds : StrictMath.log1p(StrictMath.exp(odds));
    return -StrictMath.expm1(logLeft);
  }

  /** A gap of the process without a count, in units of the mean gap. */
  double gap() {
    return StrictMath.exp(logGamma(shape)) / shape;
  }

  /**
   * The logarithm of a gamma variate (G. Marsaglia and W. W. Tsang, "A Simple Method for Generating
   * Gamma Variables", ACM Transactions on Mathematical Software 26(3), 2000). In logarithms one of
   * a small shape does not underflow.
   */
  private double logGamma(double of) {
    if (of < 1) {
      return logGamma(of + 1) + StrictMath.log(1 - random.nextDouble()) / of;
    }
    double d = of - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double normal = normal();
      double root = 1 + c * normal;
      if (root > 0) {
        double cube = root * root * root;
        double logCube = 3 * StrictMath.log(root);
        double bound = normal * normal / 2 + d * (1 - cube + logCube);
        if (StrictMath.log(1 - random.nextDouble()) < bound) {
          return StrictMath.log(d) + logCube;
        }
      }
    }
  }

  /** A standard normal variate, by Marsaglia's polar method. */
  private double normal() {
    while (true) {
      double u = 2 * random.nextDouble() - 1;
      double v = 2 * random.nextDouble() - 1;
      double square = u * u + v * v;
      if (square > 0 && square < 1) {
        return u * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
      }
    }
  }
}
