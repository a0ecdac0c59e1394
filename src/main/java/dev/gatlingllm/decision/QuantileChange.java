package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.PercentileInterval;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.Values;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A percentile of a measure in two runs.
 *
 * @param measure what was measured
 * @param quantile of its distribution
 * @param first in the first run
 * @param second in the second run
 * @param contrast of the two; absent if either run has fewer than {@link #needed} values, or a
 *     percentile of 0
 * @param pairs how many pairs of blocks the contrast is made from; 0 if the runs are compared as
 *     independent ones
 * @param change what it looks like if it is one of many numbers that are looked at
 */
public record QuantileChange(
    Measure measure,
    Quantile quantile,
    Side first,
    Side second,
    Optional<Contrast> contrast,
    int pairs,
    Change change) {

  /** A median is compared from as many values as leave five on either side. */
  private static final int FEWEST = 10;

  /**
   * The percentile in one run.
   *
   * @param n how many values there are
   * @param worth how many independent calls they are worth for this percentile; absent if there is
   *     no value, or their order is not known
   * @param value absent if it is withheld
   */
  public record Side(long n, OptionalDouble worth, OptionalDouble value) {
    static Side of(Optional<Values> values, Quantile quantile) {
      if (values.isEmpty()) {
        return new Side(0, OptionalDouble.empty(), OptionalDouble.empty());
      }
      Values known = values.get();
      return new Side(
          known.n(),
          PercentileInterval.worth(known, quantile.percent()),
          known.n() >= quantile.needed()
              ? OptionalDouble.of(known.percentile(quantile.percent()))
              : OptionalDouble.empty());
    }
  }

  static QuantileChange of(
      Measure measure, Quantile quantile, Optional<Values> first, Optional<Values> second) {
    Side a = Side.of(first, quantile);
    Side b = Side.of(second, quantile);
    boolean few = Math.min(a.n(), b.n()) < needed(quantile);
    Optional<Contrast> contrast =
        few
            ? Optional.empty()
            : PercentileContrast.of(first.get(), second.get(), quantile.percent());
    return new QuantileChange(
        measure,
        quantile,
        a,
        b,
        contrast,
        0,
        few
            ? Change.TOO_FEW
            : contrast
                .map(known -> Change.of(known.interval(), measure.direction()))
                .orElse(Change.CANNOT_TELL));
  }

  /** The same numbers, compared in pairs of blocks if the runs are long enough for that. */
  QuantileChange inPairs(PairedCalls calls) {
    if (first.worth().isEmpty() || second.worth().isEmpty() || change == Change.TOO_FEW) {
      return this;
    }
    double worth = Math.min(first.worth().getAsDouble(), second.worth().getAsDouble());
    return calls
        .contrast(quantile, needed(), worth)
        .map(found -> with(Optional.of(found.ofCalls()), found.runs()))
        .orElse(this);
  }

  /** The same numbers, compared by their runs; without a contrast if a run has too few values. */
  QuantileChange of(Optional<Contrast> ofRuns) {
    return with(ofRuns, 0);
  }

  private QuantileChange with(Optional<Contrast> other, int ofPairs) {
    return new QuantileChange(
        measure,
        quantile,
        first,
        second,
        other,
        ofPairs,
        other
            .map(known -> Change.of(known.interval(), measure.direction()))
            .orElse(change == Change.TOO_FEW ? change : Change.CANNOT_TELL));
  }

  /** Such as {@code ttftMillis.p95}. */
  public String number() {
    return measure.field() + "." + quantile.label();
  }

  /** How many values each run must have. */
  public int needed() {
    return needed(quantile);
  }

  /** How many values a run or a block must have. */
  static int needed(Quantile quantile) {
    return Math.max(FEWEST, quantile.needed());
  }

  /** {@code second − first}; absent without both. */
  public OptionalDouble differenceOfRuns() {
    return first.value().isPresent() && second.value().isPresent()
        ? OptionalDouble.of(second.value().getAsDouble() - first.value().getAsDouble())
        : OptionalDouble.empty();
  }

  /**
   * {@code second ÷ first − 1} in percent; absent without both, or if the first is 0. In pairs it
   * is that of the blocks, the geometric mean of their ratios, whose interval is known.
   */
  public OptionalDouble effectPercent() {
    if (pairs > 0) {
      return OptionalDouble.of(percent(contrast.orElseThrow().estimate()));
    }
    return differenceOfRuns().isPresent() && first.value().getAsDouble() != 0
        ? OptionalDouble.of(
            100 * differenceOfRuns().getAsDouble() / Math.abs(first.value().getAsDouble()))
        : OptionalDouble.empty();
  }

  /** The interval of {@link #effectPercent}; absent without a contrast. */
  public Optional<Interval> effectInterval() {
    return contrast
        .map(Contrast::interval)
        .map(ends -> new Interval(percent(ends.low()), percent(ends.high())));
  }

  /** An open end stays open: a ratio cannot be below 0, but that is no news. */
  private static double percent(double logRatio) {
    return logRatio == Double.NEGATIVE_INFINITY ? logRatio : 100 * Math.expm1(logRatio);
  }

  /** How much worse in percent, negative if better; absent as {@link #effectPercent}. */
  public OptionalDouble worsePercent() {
    OptionalDouble effect = effectPercent();
    return effect.isPresent() && measure.direction() == Direction.HIGH_IS_GOOD
        ? OptionalDouble.of(-effect.getAsDouble())
        : effect;
  }

  /** What a change of so many percent to the worse is on the scale of the contrast. */
  double margin(double percent) {
    return margin(measure, percent);
  }

  /** As {@link #margin(double)}. */
  static double margin(Measure measure, double percent) {
    return measure.direction() == Direction.HIGH_IS_GOOD
        ? -Math.log1p(-Math.min(1, percent / 100))
        : Math.log1p(percent / 100);
  }

  /** How many calls a run must have at least for both ends of its interval to be known. */
  double callsForBothEnds() {
    if (pairs > 0) {
      return needed();
    }
    double beyond = Math.min(quantile.percent(), 100 - quantile.percent()) / 100;
    return Math.max(times(first), times(second)) * PercentileInterval.LEAST_BEYOND / beyond;
  }

  private static double times(Side side) {
    return side.worth().isPresent() ? side.n() / side.worth().getAsDouble() : 1;
  }
}
