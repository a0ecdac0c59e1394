package dev.gatlingllm.report.live;

/**
 * How long to wait between two pages, so that making them takes little of the machine: a twentieth
 * of one processor, beside what the first pages take, whose code has still to be compiled. Confined
 * to one thread.
 */
final class UpdatePace {

  static final long LEAST_NANOS = 2_000_000_000L;

  private static final long CREDIT_NANOS = 4_000_000_000L;
  private static final long INVERSE_SHARE = 20;

  private final long beginNanos;
  private long spentNanos;

  /**
   * Nothing spent.
   *
   * @param beginNanos the reading of the clock now
   */
  UpdatePace(long beginNanos) {
    this.beginNanos = beginNanos;
  }

  /**
   * The pause after a page.
   *
   * @param processorNanos processor time that it took to make
   * @param nowNanos the reading of the clock now
   */
  long pauseNanos(long processorNanos, long nowNanos) {
    spentNanos += processorNanos;
    long due = (spentNanos - CREDIT_NANOS) * INVERSE_SHARE;
    return Math.max(LEAST_NANOS, due - (nowNanos - beginNanos));
  }
}
