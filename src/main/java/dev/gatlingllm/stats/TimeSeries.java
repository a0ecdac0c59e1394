package dev.gatlingllm.stats;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A run in slices of equal width, at most 120, from nanosecond 0 of the (first) run to the end of
 * its last call.
 *
 * @param widthSeconds of a slice
 * @param buckets in order, without holes
 */
public record TimeSeries(double widthSeconds, List<Bucket> buckets) {

  public static final int MOST_BUCKETS = 120;

  /** Each but the first is a multiple of the one before; a slice is as wide as one or as two. */
  private static final int[] CELLS = {1, 5, 15, 60, 300, 900, 3600, 10_800, 43_200};

  /** Copies the list. */
  public TimeSeries {
    buckets = List.copyOf(buckets);
  }

  /** A count as a rate; absent in a last slice that the run covers by less than half. */
  public OptionalDouble perMinute(Bucket bucket, long count) {
    return bucket.seconds() * 2 >= widthSeconds
        ? OptionalDouble.of(count * 60 / bucket.seconds())
        : OptionalDouble.empty();
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
