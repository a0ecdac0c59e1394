package dev.gatlingllm.stats;

import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/**
 * How much neighbours in a series resemble each other. Calls that wait for one another are slow
 * together; {@code n} of them say as much about a share or a percentile as {@code n / τ}
 * independent ones, τ the integrated autocorrelation time.
 */
final class Dependence {

  /** What rounding leaves of the variance of equal values, relative to their squares. */
  private static final double ROUNDING = 1e-20;

  private Dependence() {}

  /**
   * The integrated autocorrelation time {@code τ = 1 + 2 Σ ρ(k)} of a series, 1 if its values are
   * independent. The sum ends where a pair of neighbouring lags is no longer positive, and no pair
   * counts more than the one before: the initial monotone sequence of C. J. Geyer, Practical Markov
   * chain Monte Carlo, Statistical Science 7 (1992), section 3.3.
   *
   * @param series in the order in which the calls started
   */
  static double time(double[] series) {
    double mean = new Mean().evaluate(series);
    double[] distances = new double[series.length];
    double squares = 0;
    for (int i = 0; i < series.length; i++) {
      distances[i] = series[i] - mean;
      squares += distances[i] * distances[i];
    }
    if (!(squares > ROUNDING * mean * mean * series.length)) {
      return 1;
    }
    Covariances covariances = new Covariances(distances);
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int lag = 0; lag + 1 < series.length; lag += 2) {
      double pair = (covariances.at(lag) + covariances.at(lag + 1)) / squares;
      if (!(pair > 0)) {
        break;
      }
      least = Math.min(least, pair);
      sum += least;
    }
    return Math.max(1, 2 * sum - 1);
  }

  /**
   * How many independent calls a sum over blocks of calls is worth: the variance that independent
   * calls would give it ÷ the variance that it has.
   *
   * @param variance of one call
   * @param calls how many there are
   * @param blocks sums of each block, less what the mean of a call would make of its calls
   * @return at most {@code calls}
   */
  static double worth(double variance, long calls, double[] blocks) {
    double squares = 0;
    for (double block : blocks) {
      squares += block * block;
    }
    if (!(squares > 0) || !(variance > 0)) {
      return (double) calls;
    }
    return Math.min((double) calls, variance * calls * calls / (squares * time(blocks)));
  }

  /**
   * Sums of products at each lag. Calls that hardly depend on each other need a few of them, which
   * are summed; from {@link #SUMMED} on all are found at once, by the theorem of Wiener and
   * Khinchin: the transform of the power spectrum.
   */
  private static final class Covariances {

    private static final int SUMMED = 64;

    private final double[] distances;
    private double[] all = {};

    Covariances(double[] distances) {
      this.distances = distances;
    }

    double at(int lag) {
      if (lag < SUMMED) {
        double sum = 0;
        for (int i = lag; i < distances.length; i++) {
          sum += distances[i] * distances[i - lag];
        }
        return sum;
      }
      if (all.length == 0) {
        all = transformed();
      }
      return all[lag];
    }

    /** The series is padded with as many zeros, so that its end does not meet its beginning. */
    private double[] transformed() {
      int size = Integer.highestOneBit(Math.max(1, 2 * distances.length - 1)) << 1;
      double[][] spectrum = new double[2][size];
      System.arraycopy(distances, 0, spectrum[0], 0, distances.length);
      transform(spectrum);
      for (int i = 0; i < size; i++) {
        spectrum[0][i] = spectrum[0][i] * spectrum[0][i] + spectrum[1][i] * spectrum[1][i];
        spectrum[1][i] = 0;
      }
      transform(spectrum);
      for (int i = 0; i < distances.length; i++) {
        spectrum[0][i] /= size;
      }
      return spectrum[0];
    }

    // A spectrum is even: transforming it forth gives the same as transforming it back, but for a
    // factor, the number of its points.
    private static void transform(double[][] values) {
      FastFourierTransformer.transformInPlace(
          values, DftNormalization.STANDARD, TransformType.FORWARD);
    }
  }
}
