package dev.gatlingllm.stats;

/**
 * A confidence interval. An end that the calls cannot know is open: infinite.
 *
 * @param low its lower end, in the unit of the values
 * @param high its upper end
 */
public record Interval(double low, double high) {

  /** The confidence of every interval in a report. */
  public static final double CONFIDENCE = 0.95;

  /** How often the truth may lie beyond one end of an interval with two. */
  public static final double RISK_OF_ONE_END = (1 - CONFIDENCE) / 2;

  /** How often a decision that looks at one side alone may be wrong. */
  public static final double RISK_OF_ONE_SIDE = 1 - CONFIDENCE;

  /** An interval that says nothing. */
  public static final Interval OPEN =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Rejects an interval upside down. */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("low must be <= high, was " + low + " and " + high);
    }
  }

  /** Whether the calls say how low the value may be. */
  public boolean hasLow() {
    return low > Double.NEGATIVE_INFINITY;
  }

  /** Whether the calls say how high the value may be. */
  public boolean hasHigh() {
    return high < Double.POSITIVE_INFINITY;
  }
}
