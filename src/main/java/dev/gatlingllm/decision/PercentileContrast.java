package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.PercentileInterval;
import dev.gatlingllm.stats.Values;
import java.util.Optional;
import java.util.OptionalDouble;

/** Contrasts a percentile of two runs by the logarithm of their ratio. */
final class PercentileContrast {

  private PercentileContrast() {}

  /** Absent if a percentile is not above 0, or the order of the calls is not known. */
  static Optional<Contrast> of(Values first, Values second, double percent) {
    OptionalDouble firstWorth = PercentileInterval.worth(first, percent);
    OptionalDouble secondWorth = PercentileInterval.worth(second, percent);
    double ofFirst = first.percentile(percent);
    double ofSecond = second.percentile(percent);
    if (firstWorth.isEmpty() || secondWorth.isEmpty() || !(ofFirst > 0) || !(ofSecond > 0)) {
      return Optional.empty();
    }
    return Optional.of(
        Contrast.of(
            Math.log(ofSecond / ofFirst),
            risk ->
                Contrast.ofSides(
                    Math.log(ofFirst),
                    log(PercentileInterval.of(first, percent, firstWorth.getAsDouble(), risk)),
                    Math.log(ofSecond),
                    log(PercentileInterval.of(second, percent, secondWorth.getAsDouble(), risk)))));
  }

  private static Interval log(Interval ends) {
    return new Interval(
        ends.low() > 0 ? Math.log(ends.low()) : Double.NEGATIVE_INFINITY,
        ends.hasHigh() ? Math.log(ends.high()) : Double.POSITIVE_INFINITY);
  }
}
