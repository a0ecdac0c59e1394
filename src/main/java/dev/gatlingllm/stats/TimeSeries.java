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

  static final int MOST_BUCKETS = 120;

  private static final int[] WIDTHS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400
  };

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
  static double widthFor(double seconds) {
    for (int width : WIDTHS) {
      if (seconds <= (double) width * MOST_BUCKETS) {
        return width;
      }
    }
    return Math.ceil(seconds / MOST_BUCKETS);
  }
}
