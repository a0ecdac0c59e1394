package dev.gatlingllm.stats;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Throughput and latency under several loads: the levels of a ladder, or the probes of a capacity
 * search.
 *
 * @param points by load, ascending; those of one load in the order in which they were measured
 */
public record LoadCurve(List<Point> points) {

  /** Power that falls by less, percent, may be noise. */
  public static final int FALL_PERCENT = 5;

  /** Sorts the points by load. */
  public LoadCurve {
    points = points.stream().sorted(Comparator.comparingDouble(Point::load)).toList();
  }

  /**
   * One load.
   *
   * @param load clients, or arrivals per minute; above 0
   * @param requestsPerMinute succeeded calls a minute; 0 if none succeeded, absent if unknown
   * @param ttftP50Millis of succeeded calls; absent if too few carry it, as the others
   * @param ttftP95Millis of succeeded calls
   * @param e2eP50Millis of succeeded calls
   * @param e2eP95Millis of succeeded calls
   */
  public record Point(
      double load,
      OptionalDouble requestsPerMinute,
      OptionalDouble ttftP50Millis,
      OptionalDouble ttftP95Millis,
      OptionalDouble e2eP50Millis,
      OptionalDouble e2eP95Millis) {

    /**
     * Throughput ÷ latency: succeeded calls a minute ÷ the median of e2e in seconds. 0 if no call
     * succeeded; absent if either is not known.
     */
    public OptionalDouble power() {
      if (requestsPerMinute.isPresent() && requestsPerMinute.getAsDouble() == 0) {
        return OptionalDouble.of(0);
      }
      return requestsPerMinute.isPresent()
              && e2eP50Millis.isPresent()
              && e2eP50Millis.getAsDouble() > 0
          ? OptionalDouble.of(1000 * requestsPerMinute.getAsDouble() / e2eP50Millis.getAsDouble())
          : OptionalDouble.empty();
    }
  }

  /** What the loads say of the knee. */
  public enum KneeKind {
    /** Fewer than two loads have a power. */
    UNKNOWN,
    /** Power does not fall: the knee, if any, is beyond the greatest load. */
    NOT_REACHED,
    /** Power is no less at any smaller load, and falls beyond. */
    AT_MOST,
    /** Power is greatest at a load between two others at which it is less. */
    BETWEEN;

    /** Whether a point of the curve is the knee. */
    public boolean isSeen() {
      return this == AT_MOST || this == BETWEEN;
    }
  }

  /**
   * The point of greatest power.
   *
   * @param kind what is known of it
   * @param index of the point; −1 if unknown
   * @param low the next smaller load whose power is less by {@value #FALL_PERCENT} % or more;
   *     absent if there is none
   * @param high the next greater load of such a power; absent if there is none
   */
  public record Knee(KneeKind kind, int index, OptionalDouble low, OptionalDouble high) {}

  /**
   * The knee: the load of greatest {@linkplain Point#power() power}, beyond which latency grows by
   * a greater factor than throughput. It is seen if power falls by {@value #FALL_PERCENT} % or more
   * at a greater load, and then lies between the nearest loads of so much less power. Unlike a
   * geometric definition it does not depend on how the axes are scaled or where the loads end, and
   * two loads are enough.
   *
   * @see "L. Kleinrock, Power and Deterministic Rules of Thumb for Probabilistic Problems in
   *     Computer Communications, ICC 1979, with the mean where this takes the median"
   */
  public Knee knee() {
    List<Integer> known =
        IntStream.range(0, points.size())
            .filter(i -> points.get(i).power().isPresent())
            .boxed()
            .toList();
    if (known.stream().mapToDouble(i -> points.get(i).load()).distinct().count() < 2
        || known.stream().allMatch(i -> power(i) == 0)) {
      return new Knee(KneeKind.UNKNOWN, -1, OptionalDouble.empty(), OptionalDouble.empty());
    }
    int best = known.get(0);
    for (int i : known) {
      best = power(i) > power(best) ? i : best;
    }
    double load = points.get(best).load();
    double fallen = power(best) * (100 - FALL_PERCENT) / 100;
    List<Integer> less = known.stream().filter(i -> power(i) <= fallen).toList();
    OptionalDouble low = loads(less).filter(other -> other < load).max();
    OptionalDouble high = loads(less).filter(other -> other > load).min();
    KneeKind kind =
        high.isEmpty() ? KneeKind.NOT_REACHED : low.isEmpty() ? KneeKind.AT_MOST : KneeKind.BETWEEN;
    return new Knee(kind, best, low, high);
  }

  private DoubleStream loads(List<Integer> indices) {
    return indices.stream().mapToDouble(i -> points.get(i).load());
  }

  private double power(int index) {
    return points.get(index).power().orElse(0);
  }

  /**
   * The throughput of a point in percent of one in proportion to that of the first point that has
   * one; absent without either.
   */
  public OptionalDouble proportionalPercent(Point point) {
    return point.requestsPerMinute().isEmpty()
        ? OptionalDouble.empty()
        : points.stream()
            .filter(first -> first.requestsPerMinute().orElse(0) > 0)
            .mapToDouble(first -> first.requestsPerMinute().getAsDouble() / first.load())
            .limit(1)
            .map(each -> 100 * point.requestsPerMinute().getAsDouble() / (each * point.load()))
            .findFirst();
  }
}
