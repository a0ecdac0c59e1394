package dev.gatlingllm.record;

/**
 * How far the clock of a run was from one that other machines asked, too.
 *
 * @param reference whose clock that is
 * @param offsetMillis the reference minus the wall time of the run's clock, in milliseconds: what
 *     is added to times of this run
 * @param boundMillis by how much the offset may be wrong either way, 0 or more, in milliseconds
 */
public record ClockOffset(String reference, double offsetMillis, double boundMillis) {

  private static final double NANOS = 1e6;

  /** The offset in nanoseconds. */
  public long offsetNanos() {
    return Math.round(offsetMillis * NANOS);
  }

  /** The bound in nanoseconds. */
  public long boundNanos() {
    return Math.round(Math.ceil(boundMillis * NANOS));
  }
}
