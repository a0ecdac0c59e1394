package dev.gatlingllm.stats;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

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
 * @param intervals of percentiles, also of withheld ones, with an end that is open if the calls
 *     cannot know it; none if the order of the calls is not known
 * @param worth how many independent calls the values are worth for their median; absent if the
 *     order of the calls is not known
 * @param longer how many calls have no value because they lasted, or would have lasted, longer than
 *     all that have one; they are in no number but the quantiles and the greatest value, among
 *     which they rank above all others
 * @param lowerBounds those of the quantiles that fall among these calls: the value is known to be
 *     above the number
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
    Map<Quantile, Interval> intervals,
    OptionalDouble worth,
    long longer,
    Set<Quantile> lowerBounds) {

  private static final List<Quantile> WITH_INTERVAL =
      List.of(
          Quantile.P50,
          Quantile.P90,
          Quantile.P95,
          Quantile.P99,
          Quantile.P10,
          Quantile.P5,
          Quantile.P1);

  /** The definition, as it is printed in reports. */
  public static final String PERCENTILES =
      "Percentiles interpolate linearly between the closest ranks (type 7: numpy, R). One is withheld"
          + " unless at least five values lie beyond it: p90 needs 50 values, p95 100, p99 500, p99.9"
          + " 5,000; p10, p5 and p1 likewise.";

  /** Copies the maps. */
  public Distribution {
    EnumMap<Quantile, Double> copy = new EnumMap<>(Quantile.class);
    copy.putAll(quantiles);
    quantiles = Collections.unmodifiableMap(copy);
    EnumMap<Quantile, Interval> ends = new EnumMap<>(Quantile.class);
    ends.putAll(intervals);
    intervals = Collections.unmodifiableMap(ends);
    lowerBounds = Set.copyOf(lowerBounds);
  }

  /** The distribution of some values, in any order, none of them NaN. */
  public static Distribution of(String unit, double[] values, PercentileRule rule) {
    return values.length == 0
        ? none(unit)
        : of(unit, SortedValues.sort(values.clone(), values.length), rule);
  }

  static Distribution of(String unit, Optional<Values> values, PercentileRule rule) {
    return values.isPresent() ? of(unit, values.get(), rule) : none(unit);
  }

  private static Distribution of(String unit, Values values, PercentileRule rule) {
    long n = values.n();
    double mean = values.mean();
    OptionalDouble sd = n < 2 ? OptionalDouble.empty() : OptionalDouble.of(values.deviation());
    return new Distribution(
        unit,
        n,
        OptionalDouble.of(mean),
        sd,
        variation(sd, mean),
        OptionalDouble.of(values.at(0)),
        OptionalDouble.of(values.at(n - 1)),
        quantiles(values, rule),
        intervals(values),
        PercentileInterval.worth(values, Quantile.P50.percent()),
        0,
        Set.of());
  }

  /**
   * The distribution of some values and of calls that rank above them.
   *
   * @param waits how long each of these calls is known to have waited; absent if there are none
   */
  static Distribution of(
      String unit, Optional<Values> values, Optional<Values> waits, PercentileRule rule) {
    Distribution ended = of(unit, values, rule);
    return waits
        .map(longer -> values.map(v -> ended.with(new Ranks(v, longer), rule)).orElse(ended))
        .orElse(ended);
  }

  private Distribution with(Ranks ranks, PercentileRule rule) {
    Map<Quantile, Double> found = new EnumMap<>(Quantile.class);
    Set<Quantile> open = EnumSet.noneOf(Quantile.class);
    for (Quantile quantile : Quantile.values()) {
      if (rule.shows(quantile, ranks.n())) {
        found.put(quantile, ranks.percentile(quantile.percent()));
        if (ranks.isOpen(quantile.percent())) {
          open.add(quantile);
        }
      }
    }
    OptionalDouble greatest = OptionalDouble.of(ranks.at(ranks.n() - 1));
    return new Distribution(
        unit,
        n,
        mean,
        sd,
        cv,
        min,
        greatest,
        found,
        Map.of(),
        OptionalDouble.empty(),
        ranks.n() - n,
        open);
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
        Map.of(),
        OptionalDouble.empty(),
        0,
        Set.of());
  }

  /** A percentile; absent if it is withheld. */
  public OptionalDouble at(Quantile quantile) {
    Double value = quantiles.get(quantile);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Whether a percentile is known to be above its number only. */
  public boolean isLowerBound(Quantile quantile) {
    return lowerBounds.contains(quantile);
  }

  /** Absent only if n is 0. */
  public OptionalDouble median() {
    return at(Quantile.P50);
  }

  /** The distance of the quartiles; absent if they are withheld, or one is not known. */
  public OptionalDouble iqr() {
    OptionalDouble low = at(Quantile.P25);
    OptionalDouble high = at(Quantile.P75);
    return low.isPresent() && high.isPresent() && !isLowerBound(Quantile.P75)
        ? OptionalDouble.of(high.getAsDouble() - low.getAsDouble())
        : OptionalDouble.empty();
  }

  /** The interval of a percentile; absent if the calls say nothing of either end. */
  public Optional<Interval> intervalOf(Quantile quantile) {
    return Optional.ofNullable(intervals.get(quantile));
  }

  private static Map<Quantile, Interval> intervals(Values values) {
    Map<Quantile, Interval> found = new EnumMap<>(Quantile.class);
    for (Quantile quantile : WITH_INTERVAL) {
      PercentileInterval.of(values, quantile)
          .filter(interval -> interval.hasLow() || interval.hasHigh())
          .ifPresent(interval -> found.put(quantile, interval));
    }
    return found;
  }

  static OptionalDouble variation(OptionalDouble sd, double mean) {
    return sd.isPresent() && mean != 0
        ? OptionalDouble.of(sd.getAsDouble() / mean)
        : OptionalDouble.empty();
  }

  private static Map<Quantile, Double> quantiles(Values values, PercentileRule rule) {
    Map<Quantile, Double> found = new EnumMap<>(Quantile.class);
    for (Quantile quantile : Quantile.values()) {
      if (rule.shows(quantile, values.n())) {
        found.put(quantile, values.percentile(quantile.percent()));
      }
    }
    return found;
  }
}
