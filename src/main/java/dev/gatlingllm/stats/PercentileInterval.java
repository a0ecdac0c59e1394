package dev.gatlingllm.stats;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The interval of a percentile from its ranks: the {@linkplain ShareLimits limits} of the share
 * that lies at or below it, with the number of independent calls that the values are worth, and the
 * values of those ranks (W. J. Conover, Practical Nonparametric Statistics, section 3.2, for the
 * exact limits of independent values).
 *
 * <p>The end in the tail is open if fewer than {@value #LEAST_BEYOND} independent calls lie beyond
 * the percentile: values that rare may be far from those that were seen.
 */
public final class PercentileInterval {

  /** So many independent calls must lie beyond a percentile for its far end to be known. */
  public static final int LEAST_BEYOND = 5;

  private static final double LEAST_WORTH = 2;

  private PercentileInterval() {}

  /**
   * How many independent calls the values are worth for a percentile; absent if their order is not
   * known.
   *
   * @param percent from 0 to 100, both excluded
   */
  public static OptionalDouble worth(Values values, double percent) {
    return values.worth(values.at((long) (percent / 100 * values.n())));
  }

  /** As {@link #of(Values, double, double, double)}, of values whose order is known. */
  static Optional<Interval> of(Values values, Quantile quantile) {
    OptionalDouble worth = worth(values, quantile.percent());
    return worth.isPresent()
        ? Optional.of(of(values, quantile.percent(), worth.getAsDouble(), Interval.RISK_OF_ONE_END))
        : Optional.empty();
  }

  /**
   * The interval of a percentile.
   *
   * @param percent from 0 to 100, both excluded
   * @param worth how many independent calls the values are worth, see {@link Values#worth}
   * @param risk how often the truth may lie beyond either end
   */
  public static Interval of(Values values, double percent, double worth, double risk) {
    double share = percent / 100;
    double calls = Math.max(LEAST_WORTH, worth);
    boolean lowTail = share < 0.5;
    double low = ShareLimits.low(share, calls, risk);
    double high = ShareLimits.high(share, calls, risk);
    return new Interval(
        lowTail && calls * share < LEAST_BEYOND ? Double.NEGATIVE_INFINITY : below(values, low),
        !lowTail && calls * (1 - share) < LEAST_BEYOND
            ? Double.POSITIVE_INFINITY
            : above(values, high));
  }

  private static double below(Values values, double share) {
    double rank = share * values.n();
    return rank < 1 ? Double.NEGATIVE_INFINITY : values.at((long) Math.floor(rank) - 1);
  }

  private static double above(Values values, double share) {
    double rank = share * values.n();
    return rank > values.n() - 0.5
        ? Double.POSITIVE_INFINITY
        : values.at(Math.min((long) Math.ceil(rank), values.n()) - 1);
  }
}
