package dev.gatlingllm.gatling;

import dev.gatlingllm.gatling.LimitTarget.Declaration;
import java.math.BigDecimal;

/** A measure of which a statistic is limited: {@code ttft("chat").percentile(95)}. */
public final class MeasureLimit {

  private final Declaration declaration;

  MeasureLimit(Declaration declaration) {
    this.declaration = declaration;
  }

  /** The least value. */
  public LimitTarget<Integer> min() {
    return new LimitTarget<>(declaration.and("min()"), "min");
  }

  /** The greatest value. */
  public LimitTarget<Integer> max() {
    return new LimitTarget<>(declaration.and("max()"), "max");
  }

  /** The arithmetic mean. */
  public LimitTarget<Integer> mean() {
    return new LimitTarget<>(declaration.and("mean()"), "mean");
  }

  /**
   * A percentile.
   *
   * @param percent above 0 and below 100
   * @throws IllegalArgumentException if it is not
   */
  public LimitTarget<Integer> percentile(double percent) {
    if (!(percent > 0 && percent < 100)) {
      throw new IllegalArgumentException(
          "percentile must be above 0 and below 100, was " + percent);
    }
    String number = BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
    return new LimitTarget<>(declaration.and("percentile(" + number + ")"), "p" + number);
  }
}
