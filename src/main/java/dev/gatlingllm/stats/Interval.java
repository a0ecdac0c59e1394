package dev.gatlingllm.stats;

/**
 * A confidence interval.
 *
 * @param low its lower end, in the unit of the values
 * @param high its upper end
 */
public record Interval(double low, double high) {

  /** The confidence of every interval in a report. */
  public static final double CONFIDENCE = 0.95;

  /** Rejects an interval upside down. */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("low must be <= high, was " + low + " and " + high);
    }
  }
}
