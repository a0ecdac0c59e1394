package dev.gatlingllm.stats;

import java.util.ArrayList;
import java.util.List;

/**
 * A box plot: quartiles, and whiskers to the outermost values that are no farther from the box than
 * 1.5 times its length (J. W. Tukey, Exploratory Data Analysis, 1977).
 *
 * @param five low whisker, first quartile, median, third quartile, high whisker; empty of fewer
 *     than 20 values, which are all in {@code outliers} then
 * @param outliers values beyond the whiskers, at most 100, the greatest
 * @param beyond how many values lie beyond the whiskers
 */
public record Box(List<Double> five, List<Double> outliers, long beyond) {

  private static final int MOST_OUTLIERS = 100;
  private static final double REACH = 1.5;

  /** No values. */
  public static final Box NONE = new Box(List.of(), List.of(), 0);

  /** Copies the lists. */
  public Box {
    five = List.copyOf(five);
    outliers = List.copyOf(outliers);
  }

  static Box of(Values values) {
    if (values.n() < Quantile.P25.needed()) {
      Beyond all = new Beyond(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
      values.forEach(all);
      return new Box(List.of(), all.kept, all.count);
    }
    double q1 = values.percentile(25);
    double q3 = values.percentile(75);
    double reach = REACH * (q3 - q1);
    Beyond beyond = new Beyond(q1 - reach, q3 + reach);
    values.forEach(beyond);
    // A quartile between two values may have none of them on its inner side.
    return new Box(
        List.of(Math.min(beyond.low, q1), q1, values.percentile(50), q3, Math.max(beyond.high, q3)),
        beyond.kept,
        beyond.count);
  }

  /** Takes values in ascending order. */
  private static final class Beyond implements Values.Visitor {
    private final double least;
    private final double greatest;
    private final List<Double> kept = new ArrayList<>();
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private long count;

    Beyond(double least, double greatest) {
      this.least = least;
      this.greatest = greatest;
    }

    @Override
    public void visit(double value, long times) {
      if (value >= least && value <= greatest) {
        low = Math.min(low, value);
        high = Math.max(high, value);
        return;
      }
      count += times;
      kept.add(value);
      if (kept.size() > MOST_OUTLIERS) {
        kept.remove(0);
      }
    }
  }
}
