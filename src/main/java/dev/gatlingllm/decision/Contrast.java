package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Interval;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/**
 * How far a number of a second run is from that of a first, on a scale on which no difference is 0:
 * the logarithm of the ratio of two percentiles, or the difference of two shares.
 *
 * @param estimate second against first
 * @param interval at {@link Interval#CONFIDENCE}, two-sided
 * @param sides each end the limit of a decision that looks at that side alone
 * @param riskOfHigher the least risk at which the calls show that the second is higher; 1 if they
 *     do not at any risk below {@link Interval#RISK_OF_ONE_SIDE}
 * @param riskOfLower likewise
 * @param runs how many runs of each side it rests on, each of them one observation; 0 if it rests
 *     on the calls of one run of each side
 */
public record Contrast(
    double estimate,
    Interval interval,
    Interval sides,
    double riskOfHigher,
    double riskOfLower,
    int runs) {

  /** The 97.5 % point of the normal distribution. */
  private static final double Z = 1.959963984540054;

  private static final int STEPS = 24;

  /**
   * A contrast.
   *
   * @param limits the interval with a risk at either end
   */
  static Contrast of(double estimate, DoubleFunction<Interval> limits) {
    return of(estimate, limits, 0);
  }

  /** As {@link #of(double, DoubleFunction)}, of so many runs of each side. */
  static Contrast of(double estimate, DoubleFunction<Interval> limits, int runs) {
    Interval sides = limits.apply(Interval.RISK_OF_ONE_SIDE);
    return new Contrast(
        estimate,
        limits.apply(Interval.RISK_OF_ONE_END),
        sides,
        sides.low() > 0 ? leastRisk(risk -> limits.apply(risk).low()) : 1,
        sides.high() < 0 ? leastRisk(risk -> -limits.apply(risk).high()) : 1,
        runs);
  }

  private static double leastRisk(DoubleFunction<Double> low) {
    double shown = Interval.RISK_OF_ONE_SIDE;
    double not = shown * 1e-6;
    for (int i = 0; i < STEPS; i++) {
      double middle = Math.sqrt(shown * not);
      if (low.apply(middle) > 0) {
        shown = middle;
      } else {
        not = middle;
      }
    }
    return shown;
  }

  /** The same as one of two runs, whose calls it rests on. */
  Contrast ofCalls() {
    return new Contrast(estimate, interval, sides, riskOfHigher, riskOfLower, 0);
  }

  /** The same with first and second exchanged. */
  @SuppressWarnings("ArgumentSelectionDefectChecker") // higher is lower the other way round
  Contrast turned() {
    return new Contrast(
        -estimate, turned(interval), turned(sides), riskOfLower, riskOfHigher, runs);
  }

  private static Interval turned(Interval ends) {
    return new Interval(-ends.high(), -ends.low());
  }

  /** The standard error of the estimate; absent if an end is open. */
  OptionalDouble error() {
    return interval.hasLow() && interval.hasHigh()
        ? OptionalDouble.of((interval.high() - interval.low()) / (2 * Z))
        : OptionalDouble.empty();
  }

  /**
   * The interval of a difference from the intervals of its two sides: the method of variance
   * estimates recovery of G. Y. Zou and A. Donner, Construction of confidence limits about effect
   * measures: a general approach, Statistics in Medicine 27 (2008). A side that is open leaves the
   * end open that rests on it.
   */
  static Interval ofSides(double first, Interval ofFirst, double second, Interval ofSecond) {
    double difference = second - first;
    return new Interval(
        ofSecond.hasLow() && ofFirst.hasHigh()
            ? difference - Math.hypot(second - ofSecond.low(), ofFirst.high() - first)
            : Double.NEGATIVE_INFINITY,
        ofSecond.hasHigh() && ofFirst.hasLow()
            ? difference + Math.hypot(ofSecond.high() - second, first - ofFirst.low())
            : Double.POSITIVE_INFINITY);
  }
}
