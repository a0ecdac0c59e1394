package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Values;
import java.util.Arrays;
import java.util.function.LongToDoubleFunction;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * What a quantile of type 7 would have been in other samples of the same size, drawn from the
 * values with replacement: the bootstrap of B. Efron, Annals of Statistics 7 (1979).
 *
 * <p>The samples need not be drawn. The rank from which the j-th least of n drawn values comes is
 * that of the j-th least of n uniform numbers, which is distributed as beta(j, n − j + 1); given
 * that, the next one is the least of the n − j that are left. So a draw takes the same time however
 * many values there are.
 */
final class QuantileBootstrap {

  private final RandomGenerator random;
  private final long n;
  private final LongToDoubleFunction valueAt;
  private final long rank;
  private final double weight;
  private final BetaDistribution lower;

  QuantileBootstrap(Values values, double percent, RandomGenerator random) {
    this.random = random;
    this.n = values.n();
    this.valueAt = values.lookup();
    double place = (n - 1) * (percent / 100);
    this.rank = (long) Math.floor(place) + 1;
    this.weight = place - Math.floor(place);
    this.lower = new BetaDistribution(random, rank, n - rank + 1);
  }

  /** The quantile of one more sample. */
  double draw() {
    double low = lower.sample();
    double value = at(low);
    if (weight == 0 || rank == n) {
      return value;
    }
    double least = 1 - Math.pow(1 - random.nextDouble(), 1.0 / (n - rank));
    return value + weight * (at(low + (1 - low) * least) - value);
  }

  private double at(double uniform) {
    return valueAt.applyAsDouble(Math.min(n - 1, (long) (uniform * n)));
  }

  /**
   * The interval that holds the difference of two quantiles, {@code second − first}, in {@link
   * Interval#CONFIDENCE} of the draws.
   */
  static Interval ofDifference(QuantileBootstrap first, QuantileBootstrap second, int draws) {
    double[] differences = new double[draws];
    for (int i = 0; i < draws; i++) {
      differences[i] = second.draw() - first.draw();
    }
    Arrays.sort(differences);
    double tail = (1 - Interval.CONFIDENCE) / 2;
    int low = (int) Math.floor(tail * (draws - 1));
    return new Interval(differences[low], differences[draws - 1 - low]);
  }
}
