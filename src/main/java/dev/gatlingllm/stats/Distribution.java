package dev.gatlingllm.stats;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * What is known of a set of values.
 *
 * <p>Percentiles interpolate linearly between the closest ranks (type 7 of Hyndman and Fan, the
 * default of numpy and R), so they never exceed the greatest value. One that too few values support
 * is withheld, see {@link Quantile}.
 *
 * @param unit of all numbers but {@code n} and {@code cv}
 * @param n how many values
 * @param mean arithmetic mean; absent if n is 0
 * @param sd sample standard deviation, with n − 1; absent if n &lt; 2
 * @param cv {@code sd / mean}; absent if n &lt; 2 or the mean is 0
 * @param min the least value; absent if n is 0
 * @param max the greatest value; absent if n is 0
 * @param quantiles those that are told; what is withheld has no entry
 * @param medianInterval of the median, see {@link Interval}; absent if n &lt; 6 or the values are
 *     known as a histogram only
 */
public record Distribution(
    String unit,
    long n,
    OptionalDouble mean,
    OptionalDouble sd,
    OptionalDouble cv,
    OptionalDouble min,
    OptionalDouble max,
    Map<Quantile, Double> quantiles,
    Optional<Interval> medianInterval) {

  /** The definition, as it is printed in reports. */
  public static final String PERCENTILES =
      "Percentiles interpolate linearly between the closest ranks (type 7: numpy, R). One is withheld"
          + " unless at least five values lie beyond it: p90 needs 50 values, p95 100, p99 500, p99.9"
          + " 5,000; p10, p5 and p1 likewise.";

  /** Copies the quantiles. */
  public Distribution {
    EnumMap<Quantile, Double> copy = new EnumMap<>(Quantile.class);
    copy.putAll(quantiles);
    quantiles = Collections.unmodifiableMap(copy);
  }

  /** The distribution of some values, in any order, none of them NaN. */
  public static Distribution of(String unit, double[] values, PercentileRule rule) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    if (n == 0) {
      return none(unit);
    }
    double mean = new Mean().evaluate(sorted);
    OptionalDouble sd = n < 2 ? OptionalDouble.empty() : OptionalDouble.of(deviation(sorted, mean));
    return new Distribution(
        unit,
        n,
        OptionalDouble.of(mean),
        sd,
        variation(sd, mean),
        OptionalDouble.of(sorted[0]),
        OptionalDouble.of(sorted[n - 1]),
        quantiles(sorted, rule),
        MedianInterval.of(sorted));
  }

  /** The distribution of no values at all. */
  public static Distribution none(String unit) {
    return new Distribution(
        unit,
        0,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Map.of(),
        Optional.empty());
  }

  /** A percentile; absent if it is withheld. */
  public OptionalDouble at(Quantile quantile) {
    Double value = quantiles.get(quantile);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Absent only if n is 0. */
  public OptionalDouble median() {
    return at(Quantile.P50);
  }

  /** The distance of the quartiles; absent if they are withheld. */
  public OptionalDouble iqr() {
    OptionalDouble low = at(Quantile.P25);
    OptionalDouble high = at(Quantile.P75);
    return low.isPresent() && high.isPresent()
        ? OptionalDouble.of(high.getAsDouble() - low.getAsDouble())
        : OptionalDouble.empty();
  }

  static OptionalDouble variation(OptionalDouble sd, double mean) {
    return sd.isPresent() && mean != 0
        ? OptionalDouble.of(sd.getAsDouble() / mean)
        : OptionalDouble.empty();
  }

  private static double deviation(double[] values, double mean) {
    return new StandardDeviation().evaluate(values, mean);
  }

  private static Map<Quantile, Double> quantiles(double[] sorted, PercentileRule rule) {
    Percentile percentile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
    percentile.setData(sorted);
    Map<Quantile, Double> found = new EnumMap<>(Quantile.class);
    for (Quantile quantile : Quantile.values()) {
      if (rule.shows(quantile, sorted.length)) {
        // A sum of two products may round to just above the greater of its two ends.
        double value = percentile.evaluate(quantile.percent());
        found.put(quantile, Math.min(value, sorted[sorted.length - 1]));
      }
    }
    return found;
  }
}
