package dev.gatlingllm.stats;

/**
 * When a run put load on the service: from its first start, for its {@linkplain
 * Throughput#loadSeconds load time}.
 *
 * @param fromNanos on the time axis of the runs that are merged
 * @param nanos the load time
 * @param calls that were started
 */
public record LoadWindow(double fromNanos, double nanos, double calls) {

  /** From so great a common part of the longer window on, runs went together. */
  static final double TOGETHER = 0.9;

  /** When it ends. */
  public double endNanos() {
    return fromNanos + nanos;
  }

  /** How much of both windows is the same time; 0 or less if they are apart. */
  public double commonNanos(LoadWindow other) {
    return Math.min(endNanos(), other.endNanos()) - Math.max(fromNanos, other.fromNanos);
  }

  /** Whether two runs went together, so that their rates add up. */
  public boolean isTogetherWith(LoadWindow other) {
    return commonNanos(other) >= TOGETHER * Math.max(nanos, other.nanos);
  }

  /** As many calls at the sum of both rates. */
  LoadWindow plus(LoadWindow other) {
    double all = calls + other.calls;
    double rate = calls / nanos + other.calls / other.nanos;
    return new LoadWindow(Math.min(fromNanos, other.fromNanos), all / rate, all);
  }
}
