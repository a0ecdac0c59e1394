package dev.gatlingllm.stats;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A run in slices of equal width, from nanosecond 0 of the (first) run to the end of its last call.
 *
 * <p>A slice is as wide that {@value #ENOUGH_CALLS} calls start in one on average, if that leaves
 * {@value #FEWEST_BUCKETS} slices; there are {@value #MOST_BUCKETS} at most. The widths are 1, 2,
 * 5, 10, 15 and 30 seconds, minutes alike, and so on.
 *
 * @param widthSeconds of a slice
 * @param buckets in order, without holes
 */
public record TimeSeries(double widthSeconds, List<Bucket> buckets) {

  public static final int MOST_BUCKETS = 120;

  private static final int FEWEST_BUCKETS = 12;
  private static final int ENOUGH_CALLS = 10;

  /** Each but the first is a multiple of the one before; a slice is as wide as one or as two. */
  private static final int[] CELLS = {1, 5, 15, 60, 300, 900, 3600, 10_800, 43_200};

  /** Copies the list. */
  public TimeSeries {
    buckets = List.copyOf(buckets);
  }

  /**
   * A count as a rate; absent in a last slice of which the run covers a part only, since a handful
   * of calls in a moment would be a peak that nobody sent.
   */
  public OptionalDouble perMinute(Bucket bucket, long count) {
    return isWhole(bucket.seconds(), widthSeconds)
        ? OptionalDouble.of(count * 60 / widthSeconds)
        : OptionalDouble.empty();
  }

  /** How much of the last slice the run covers; absent if it is whole, or there is none. */
  public OptionalDouble partialSeconds() {
    return buckets.stream()
        .mapToDouble(Bucket::seconds)
        .filter(seconds -> !isWhole(seconds, widthSeconds))
        .findFirst();
  }

  /** Whether the run covers a whole slice; what rounding takes away is not missing. */
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
    double width = widthFor(seconds);
    double next = wider(width);
    while (calls * width < ENOUGH_CALLS * seconds && next * FEWEST_BUCKETS <= seconds) {
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
    int level = 0;
    while (seconds > 2 * cellWidth(level) * MOST_BUCKETS) {
      level++;
    }
    double cell = cellWidth(level);
    return seconds <= cell * MOST_BUCKETS ? cell : 2 * cell;
  }

  /** The width in seconds of what slices are put together from, from level to level wider. */
  static double cellWidth(int level) {
    int last = CELLS.length - 1;
    return level <= last ? CELLS[level] : CELLS[last] * Math.pow(4, level - last);
  }
}
