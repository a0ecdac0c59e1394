package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Percent;
import dev.gatlingllm.stats.ShareCount;
import dev.gatlingllm.stats.ShareLimits;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A share of calls in two runs.
 *
 * @param name what is counted
 * @param direction which end is the good one
 * @param first the calls that count in the first run
 * @param second the calls that count in the second run
 * @param contrast {@code second − first} in percentage points; absent if either run has fewer than
 *     ten calls
 * @param change what it looks like if it is one of many numbers that are looked at
 */
public record ShareChange(
    String name,
    Direction direction,
    ShareCount first,
    ShareCount second,
    Optional<Contrast> contrast,
    Change change) {

  /** How many calls each run must have. */
  static final int FEWEST = 10;

  /** Compares two shares. */
  public static ShareChange of(
      String name, Direction direction, ShareCount first, ShareCount second) {
    Optional<Contrast> contrast =
        Math.min(first.of(), second.of()) < FEWEST
            ? Optional.empty()
            : Optional.of(contrast(first, second));
    return new ShareChange(
        name,
        direction,
        first,
        second,
        contrast,
        contrast.map(known -> Change.of(known.interval(), direction)).orElse(Change.TOO_FEW));
  }

  /** The same shares, compared by their runs; without a contrast if a run has too few calls. */
  ShareChange of(Optional<Contrast> ofRuns) {
    return new ShareChange(
        name,
        direction,
        first,
        second,
        ofRuns,
        ofRuns.map(known -> Change.of(known.interval(), direction)).orElse(Change.TOO_FEW));
  }

  private static Contrast contrast(ShareCount first, ShareCount second) {
    return Contrast.of(
        100 * (second.share() - first.share()),
        risk ->
            Contrast.ofSides(
                100 * first.share(),
                limits(first, risk),
                100 * second.share(),
                limits(second, risk)));
  }

  private static Interval limits(ShareCount seen, double risk) {
    return new Interval(
        100 * ShareLimits.low(seen.share(), seen.worth(), risk),
        100 * ShareLimits.high(seen.share(), seen.worth(), risk));
  }

  /** Interval of {@code second − first} in percentage points; absent as the contrast. */
  public Optional<Interval> difference() {
    return contrast.map(Contrast::interval);
  }

  /** In percent; absent without calls. */
  public OptionalDouble firstPercent() {
    return Percent.of(first.count(), first.of());
  }

  /** In percent; absent without calls. */
  public OptionalDouble secondPercent() {
    return Percent.of(second.count(), second.of());
  }

  /** {@code second − first} in percentage points; absent without calls in both. */
  public OptionalDouble points() {
    return firstPercent().isEmpty() || secondPercent().isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(secondPercent().getAsDouble() - firstPercent().getAsDouble());
  }

  /** How many percentage points worse, negative if better; absent without calls in both. */
  public OptionalDouble worsePoints() {
    OptionalDouble points = points();
    return points.isPresent() && direction == Direction.HIGH_IS_GOOD
        ? OptionalDouble.of(-points.getAsDouble())
        : points;
  }
}
