package dev.gatlingllm.stats;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A run in slices, from nanosecond 0 of the (first) run to the end of its last call.
 *
 * <p>A slice is as wide that {@value #ENOUGH_FOR_A_TAIL} calls start in one on average, as a p95
 * needs, if that leaves {@value #FEWEST_WITH_A_TAIL} slices; else as wide that {@value
 * #ENOUGH_CALLS} do, if that leaves {@value #FEWEST_BUCKETS}; there are {@value #MOST_BUCKETS} at
 * most, and one more for each stage. The widths are 1, 2, 5, 10, 15 and 30 seconds, minutes alike,
 * and so on. No slice holds calls of two stages: the first and the last of each may be narrower.
 *
 * @param widthSeconds of a whole slice
 * @param buckets in order, without holes but for pauses between stages
 * @param stages the loads that followed one another, in order; empty if there was one
 */
public record TimeSeries(double widthSeconds, List<Bucket> buckets, List<Stage> stages) {

  public static final int MOST_BUCKETS = 120;

  private static final int FEWEST_BUCKETS = 12;
  private static final int ENOUGH_CALLS = 10;
  private static final int FEWEST_WITH_A_TAIL = 20;
  private static final int ENOUGH_FOR_A_TAIL = 100;

  /** Each but the first is a multiple of the one before; a slice is as wide as one or as two. */
  private static final int[] CELLS = {1, 5, 15, 60, 300, 900, 3600, 10_800, 43_200};

  /** Copies the lists. */
  public TimeSeries {
    buckets = List.copyOf(buckets);
    stages = List.copyOf(stages);
  }

  /**
   * A count as a rate; absent in a slice of which too little is covered, since a handful of calls
   * in a moment would be a peak that nobody sent.
   */
  public OptionalDouble perMinute(Bucket bucket, long count) {
    return bucket.told()
        ? OptionalDouble.of(count * 60 / bucket.seconds())
        : OptionalDouble.empty();
  }

  /** How much of the first slice without a rate is covered; absent if there is none. */
  public OptionalDouble partialSeconds() {
    return buckets.stream()
        .filter(bucket -> !bucket.told())
        .mapToDouble(Bucket::seconds)
        .findFirst();
  }

  /** Whether all of a slice is covered; what rounding takes away is not missing. */
  static boolean isWhole(double seconds, double width) {
    return seconds >= width * (1 - 1e-9);
  }

  /**
   * The width for a run.
   *
   * @param seconds its length
   * @param calls how many started in it
   */
  static double widthFor(double seconds, long calls) {
    double width = widened(seconds, calls, ENOUGH_CALLS, FEWEST_BUCKETS);
    double wide = widened(seconds, calls, ENOUGH_FOR_A_TAIL, FEWEST_WITH_A_TAIL);
    return calls * wide < ENOUGH_FOR_A_TAIL * seconds ? width : Math.max(width, wide);
  }

  private static double widened(double seconds, long calls, int enough, int fewest) {
    double width = widthFor(seconds);
    double next = wider(width);
    while (calls * width < enough * seconds && next * fewest <= seconds) {
      width = next;
      next = wider(width);
    }
    return width;
  }

  private static double wider(double width) {
    int level = 0;
    while (width >= cellWidth(level + 1)) {
      level++;
    }
    return width > cellWidth(level) ? cellWidth(level + 1) : 2 * width;
  }

  /** The least round width that needs no more than 120 slices. */
  public static double widthFor(double seconds) {
    double cell = cellFor(seconds);
    return seconds <= cell * MOST_BUCKETS ? cell : 2 * cell;
  }

  /** The width in seconds of what the slices of a run are put together from. */
  static double cellFor(double seconds) {
    int level = 0;
    while (seconds > 2 * cellWidth(level) * MOST_BUCKETS) {
      level++;
    }
    return cellWidth(level);
  }

  /** The width in seconds of what slices are put together from, from level to level wider. */
  static double cellWidth(int level) {
    int last = CELLS.length - 1;
    return level <= last ? CELLS[level] : CELLS[last] * Math.pow(4, level - last);
  }
}
