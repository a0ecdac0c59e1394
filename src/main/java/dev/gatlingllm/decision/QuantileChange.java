package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.Values;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * A percentile of a measure in two runs.
 *
 * @param measure what was measured
 * @param quantile of its distribution
 * @param firstN values in the first run
 * @param secondN values in the second run
 * @param first in the first run; absent if there is no value
 * @param second in the second run; absent if there is no value
 * @param difference interval of {@code second − first}; absent if either run has fewer than {@link
 *     #needed} values
 * @param change what that means
 */
public record QuantileChange(
    Measure measure,
    Quantile quantile,
    long firstN,
    long secondN,
    OptionalDouble first,
    OptionalDouble second,
    Optional<Interval> difference,
    Change change) {

  /** How many draws an interval rests on. */
  public static final int DRAWS = 4000;

  /** A median is compared from as many values as leave five on either side. */
  private static final int FEWEST = 10;

  static QuantileChange of(
      Measure measure,
      Quantile quantile,
      Optional<Values> first,
      Optional<Values> second,
      RandomGenerator random) {
    long firstN = first.map(Values::n).orElse(0L);
    long secondN = second.map(Values::n).orElse(0L);
    Optional<Interval> difference =
        Math.min(firstN, secondN) < needed(quantile)
            ? Optional.empty()
            : Optional.of(
                QuantileBootstrap.ofDifference(
                    new QuantileBootstrap(first.get(), quantile.percent(), random),
                    new QuantileBootstrap(second.get(), quantile.percent(), random),
                    DRAWS));
    return new QuantileChange(
        measure,
        quantile,
        firstN,
        secondN,
        at(first, quantile),
        at(second, quantile),
        difference,
        difference
            .map(interval -> Change.of(interval, measure.direction()))
            .orElse(Change.TOO_FEW));
  }

  private static OptionalDouble at(Optional<Values> values, Quantile quantile) {
    return values.isPresent() && values.get().n() >= quantile.needed()
        ? OptionalDouble.of(values.get().percentile(quantile.percent()))
        : OptionalDouble.empty();
  }

  /** How many values each run must have. */
  public int needed() {
    return needed(quantile);
  }

  private static int needed(Quantile quantile) {
    return Math.max(FEWEST, quantile.needed());
  }

  /** {@code second − first}; absent without both. */
  public OptionalDouble differenceOfRuns() {
    return first.isPresent() && second.isPresent()
        ? OptionalDouble.of(second.getAsDouble() - first.getAsDouble())
        : OptionalDouble.empty();
  }

  /** {@code second ÷ first − 1} in percent; absent without both, or if the first is 0. */
  public OptionalDouble effectPercent() {
    return differenceOfRuns().isPresent() && first.getAsDouble() != 0
        ? OptionalDouble.of(100 * differenceOfRuns().getAsDouble() / Math.abs(first.getAsDouble()))
        : OptionalDouble.empty();
  }

  /** How much worse in percent, negative if better; absent as {@link #effectPercent}. */
  public OptionalDouble worsePercent() {
    OptionalDouble effect = effectPercent();
    return effect.isPresent() && measure.direction() == Direction.HIGH_IS_GOOD
        ? OptionalDouble.of(-effect.getAsDouble())
        : effect;
  }
}
