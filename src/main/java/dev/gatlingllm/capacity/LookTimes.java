package dev.gatlingllm.capacity;

/**
 * When it is worth to look at a probe, and at which of its calls: whenever a fifth more calls have
 * ended or a fifth more time has passed, since a look takes time and each is a chance to be wrong.
 * Confined to one thread.
 */
public final class LookTimes {

  private static final double GROWTH = 1.2;
  private static final long FEWEST_CALLS = 30;
  private static final double FIRST_SECONDS = 2;

  /** Calls of this first part find an endpoint that is emptier than the load makes it. */
  private static final double SETTLING = 0.1;

  private double nextCalls = FEWEST_CALLS;
  private double nextSeconds = FIRST_SECONDS;

  /** Whether to look now; if so, the next look is due later. */
  public boolean isDue(double seconds, long ended) {
    if (ended < nextCalls && seconds < nextSeconds) {
      return false;
    }
    nextCalls = Math.max(FEWEST_CALLS, ended * GROWTH);
    nextSeconds = Math.max(FIRST_SECONDS, seconds * GROWTH);
    return true;
  }

  /**
   * Whether a call counts.
   *
   * @param startSeconds when it started, since the probe began
   * @param elapsedSeconds how long the probe has lasted
   */
  public static boolean counts(double startSeconds, double elapsedSeconds) {
    return startSeconds >= SETTLING * elapsedSeconds;
  }
}
