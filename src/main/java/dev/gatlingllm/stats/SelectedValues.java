package dev.gatlingllm.stats;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.ranking.NaNStrategy;

/**
 * A few numbers of a set of values that is looked at once and thrown away, such as those of a
 * progress line: percentiles are selected, which takes linear time, and only those that are asked
 * for. They are the same numbers as those of a {@link Distribution}, whatever n is. Confined to one
 * thread.
 */
public final class SelectedValues {

  private final double[] values;
  private final Percentile percentile =
      new Percentile()
          .withEstimationType(Percentile.EstimationType.R_7)
          .withNaNStrategy(NaNStrategy.FAILED);

  /**
   * Takes over the array.
   *
   * @param values in any order; NaN stands for none
   */
  public SelectedValues(double[] values) {
    this.values = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    percentile.setData(this.values);
  }

  /** How many values. */
  public int n() {
    return values.length;
  }

  /** Their sum; 0 if there are none. */
  public double sum() {
    return Arrays.stream(values).sum();
  }

  /** Absent only if n is 0. */
  public OptionalDouble mean() {
    return n() == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum() / n());
  }

  /** The greatest value; absent only if n is 0. */
  public OptionalDouble max() {
    return Arrays.stream(values).max();
  }

  /** Absent only if n is 0. */
  public OptionalDouble median() {
    return at(Quantile.P50);
  }

  /** A percentile, however few values there are; absent only if n is 0. */
  public OptionalDouble at(Quantile quantile) {
    return n() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(percentile.evaluate(quantile.percent()));
  }
}
