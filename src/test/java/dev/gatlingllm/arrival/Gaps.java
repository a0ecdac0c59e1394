package dev.gatlingllm.arrival;

import java.util.Arrays;
import org.apache.commons.math3.distribution.GammaDistribution;

/** Compares gaps of mean 1 with a gamma distribution. */
final class Gaps {

  private Gaps() {}

  /** The greatest distance between the distribution of the gaps and that of this shape. */
  static double distance(double[] gaps, double shape) {
    GammaDistribution expected = new GammaDistribution(shape, 1 / shape);
    double[] sorted = gaps.clone();
    Arrays.sort(sorted);
    double most = 0;
    for (int i = 0; i < sorted.length; i++) {
      double share = expected.cumulativeProbability(sorted[i]);
      most =
          Math.max(
              most,
              Math.max(share - (double) i / sorted.length, (i + 1.0) / sorted.length - share));
    }
    return most;
  }
}
