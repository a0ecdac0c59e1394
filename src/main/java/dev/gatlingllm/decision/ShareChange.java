package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Percent;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A share of calls in two runs.
 *
 * @param name what is counted
 * @param direction which end is the good one
 * @param firstCount calls of the first run that count
 * @param firstOf of so many
 * @param secondCount calls of the second run that count
 * @param secondOf of so many
 * @param difference interval of {@code second − first} in percentage points; absent if either run
 *     has fewer than ten calls
 * @param change what that means
 */
public record ShareChange(
    String name,
    Direction direction,
    long firstCount,
    long firstOf,
    long secondCount,
    long secondOf,
    Optional<Interval> difference,
    Change change) {

  private static final int FEWEST = 10;

  /** The 97.5 % point of the normal distribution. */
  private static final double Z = 1.959963984540054;

  /** Compares two shares. */
  public static ShareChange of(
      String name, Direction direction, long count, long of, long secondCount, long secondOf) {
    Optional<Interval> difference =
        Math.min(of, secondOf) < FEWEST
            ? Optional.empty()
            : Optional.of(difference(count, of, secondCount, secondOf));
    return new ShareChange(
        name,
        direction,
        count,
        of,
        secondCount,
        secondOf,
        difference,
        difference.map(interval -> Change.of(interval, direction)).orElse(Change.TOO_FEW));
  }

  /**
   * Newcombe's hybrid of two Wilson intervals: method 10 of R. G. Newcombe, Interval estimation for
   * the difference between independent proportions, Statistics in Medicine 17 (1998).
   */
  private static Interval difference(long count, long of, long secondCount, long secondOf) {
    double first = (double) count / of;
    double second = (double) secondCount / secondOf;
    Interval ofFirst = wilson(first, of);
    Interval ofSecond = wilson(second, secondOf);
    double difference = second - first;
    double below = Math.hypot(second - ofSecond.low(), ofFirst.high() - first);
    double above = Math.hypot(ofSecond.high() - second, first - ofFirst.low());
    return new Interval(100 * (difference - below), 100 * (difference + above));
  }

  private static Interval wilson(double share, long of) {
    double z2 = Z * Z;
    double middle = (share + z2 / (2 * of)) / (1 + z2 / of);
    double half = Z * Math.sqrt(share * (1 - share) / of + z2 / (4.0 * of * of)) / (1 + z2 / of);
    return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
  }

  /** In percent; absent without calls. */
  public OptionalDouble firstPercent() {
    return Percent.of(firstCount, firstOf);
  }

  /** In percent; absent without calls. */
  public OptionalDouble secondPercent() {
    return Percent.of(secondCount, secondOf);
  }

  /** How many percentage points worse, negative if better; absent without calls in both. */
  public OptionalDouble worsePoints() {
    if (firstPercent().isEmpty() || secondPercent().isEmpty()) {
      return OptionalDouble.empty();
    }
    double points = secondPercent().getAsDouble() - firstPercent().getAsDouble();
    return OptionalDouble.of(direction == Direction.HIGH_IS_GOOD ? -points : points);
  }
}
