package dev.gatlingllm.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The distribution function of some values as points, dense where few values are left: every 2.5 %
 * up to 90 %, ten to a power of ten of what is above, and every {@link Quantile}, where it is
 * exactly the percentile that tables print. The last point is the greatest value.
 *
 * @param points in ascending order; empty without values
 * @param n how many calls, those without an end included
 * @param longer how many of them rank above all values and have none: the curve ends below them
 */
public record TailCurve(List<Point> points, long n, long longer) {

  private static final double BODY_STEP = 2.5;
  private static final double BODY_END = 90;
  private static final int PER_DECADE = 10;

  /** No values. */
  public static final TailCurve NONE = new TailCurve(List.of(), 0, 0);

  /**
   * A share of the values is at most the value.
   *
   * @param percent from 0 to 100
   * @param above percent of the values that are greater, 100 − percent without its rounding
   */
  public record Point(double percent, double above, double value) {}

  /** Copies the list. */
  public TailCurve {
    points = List.copyOf(points);
  }

  /**
   * The curve of some values and of calls that rank above them.
   *
   * @param waits how long each of these calls is known to have waited; absent if there are none
   */
  static TailCurve of(Optional<Values> values, Optional<Values> waits) {
    return values.map(known -> of(known, new RankedValues(known, waits))).orElse(NONE);
  }

  private static TailCurve of(Values values, RankedValues ranked) {
    long n = ranked.n();
    List<Point> points = new ArrayList<>();
    points.add(new Point(0, 100, ranked.min()));
    shares(n)
        .forEach(
            (percent, above) -> {
              if (!ranked.isOpen(percent)) {
                points.add(new Point(percent, above, ranked.percentile(percent)));
              }
            });
    if (ranked.longer() == 0 && n > 1) {
      points.add(new Point(100 - 100.0 / n, 100.0 / n, values.at(n - 1)));
    }
    return new TailCurve(points, n, ranked.longer());
  }

  /** Shares in percent, each with the percent of n values above it, down to two values. */
  private static SortedMap<Double, Double> shares(long n) {
    SortedMap<Double, Double> shares = new TreeMap<>();
    for (Quantile quantile : Quantile.values()) {
      shares.put(quantile.percent(), 100 - quantile.percent());
    }
    for (double percent = BODY_STEP; percent <= BODY_END; percent += BODY_STEP) {
      shares.putIfAbsent(percent, 100 - percent);
    }
    double least = 200.0 / n;
    double above = 100 - BODY_END;
    for (int i = 1; above >= least; i++) {
      shares.putIfAbsent(100 - above, above);
      above = (100 - BODY_END) / Math.pow(10, (double) i / PER_DECADE);
    }
    shares.values().removeIf(left -> left < least);
    return shares;
  }
}
