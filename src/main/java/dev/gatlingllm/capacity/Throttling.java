package dev.gatlingllm.capacity;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How many calls a quota lets through. Whenever a call is taken after one that was refused, a
 * window has just begun or a token has just come back, in either case with nothing left over from
 * before. So what was taken between two such calls is what the quota allows for that time, whether
 * it is a fixed window or a bucket of tokens. Confined to one thread.
 */
public final class Throttling {

  /** Nothing refused. */
  public static final Seen NONE = new Seen(0, 0, 0, 0);

  /**
   * What was seen.
   *
   * @param refused calls
   * @param of so many
   * @param taken calls taken from the first resumption to the last
   * @param seconds between these two; 0 if there were not two
   */
  public record Seen(long refused, long of, long taken, double seconds) {

    /** The calls a minute that are let through; absent before it was seen for a window. */
    public OptionalDouble perMinute(Duration window) {
      return seconds >= 0.9 * window.toNanos() / 1e9
          ? OptionalDouble.of(taken * 60 / seconds)
          : OptionalDouble.empty();
    }

    /** From 0 to 1. */
    public double share() {
      return of == 0 ? 0 : (double) refused / of;
    }
  }

  private long refused;
  private long calls;
  private long taken;
  private boolean afterRefusal;
  private double firstResumption = Double.NaN;
  private double lastResumption = Double.NaN;
  private long takenUntilLast;

  /** Takes a call, in the order of their starts. */
  public void add(double startSeconds, boolean wasRefused) {
    calls++;
    if (wasRefused) {
      refused++;
    } else {
      if (afterRefusal) {
        resumed(startSeconds);
      }
      taken++;
    }
    afterRefusal = wasRefused;
  }

  private void resumed(double startSeconds) {
    if (Double.isNaN(firstResumption)) {
      firstResumption = startSeconds;
      taken = 0;
    }
    lastResumption = startSeconds;
    takenUntilLast = taken;
  }

  /** What was seen so far. */
  public Seen seen() {
    boolean two = lastResumption > firstResumption;
    return new Seen(
        refused, calls, two ? takenUntilLast : 0, two ? lastResumption - firstResumption : 0);
  }
}
