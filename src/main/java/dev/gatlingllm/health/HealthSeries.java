package dev.gatlingllm.health;

import dev.gatlingllm.stats.TimeSeries;
import java.util.List;

/**
 * The client's health over time, at most 240 slices of equal width.
 *
 * @param widthSeconds of a slice
 * @param slices in order, without holes; empty if there are no samples
 */
public record HealthSeries(double widthSeconds, List<HealthSlice> slices) {

  static final int MOST_SLICES = 240;

  /** A slice holds a sample or two even where it is narrowest. */
  static final double LEAST_WIDTH = 0.5;

  /** Copies the list. */
  public HealthSeries {
    slices = List.copyOf(slices);
  }

  static double widthFor(double seconds) {
    if (seconds <= LEAST_WIDTH * MOST_SLICES) {
      return LEAST_WIDTH;
    }
    return TimeSeries.widthFor(seconds * TimeSeries.MOST_BUCKETS / MOST_SLICES);
  }
}
