package dev.gatlingllm.stats;

import java.util.Optional;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * Confidence interval of the median from order statistics, without any assumption on the
 * distribution: the number of values below the true median is binomial(n, ½). Conservative: covers
 * at least {@link Interval#CONFIDENCE}. There is none below six values.
 *
 * <p>Source: W. J. Conover, Practical Nonparametric Statistics, section 3.2.
 */
final class MedianInterval {

  private MedianInterval() {}

  static Optional<Interval> of(SortedValues sorted) {
    int n = (int) sorted.n();
    int rank =
        new BinomialDistribution(null, n, 0.5)
            .inverseCumulativeProbability((1 - Interval.CONFIDENCE) / 2);
    return rank == 0
        ? Optional.empty()
        : Optional.of(new Interval(sorted.at(rank - 1), sorted.at(n - rank)));
  }
}
