package dev.gatlingllm.stats;

/** Which values are drawn on a logarithmic axis. */
public final class LongTail {

  private static final double LEAST_RATIO = 8;
  private static final double LEAST_SKEW = 8;

  private LongTail() {}

  /**
   * Whether a linear axis would leave the lower half of the values less than a ninth of its length,
   * and a logarithmic one has about a decade to show.
   *
   * @param low where the axis begins
   * @param median of the values
   * @param high where the axis ends
   */
  public static boolean is(double low, double median, double high) {
    return low > 0 && high >= LEAST_RATIO * low && high - median > LEAST_SKEW * (median - low);
  }
}
