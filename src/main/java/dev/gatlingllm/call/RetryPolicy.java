package dev.gatlingllm.call;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Whether and when a throttled call is tried again. Pure arithmetic; safe for use by many threads
 * if {@code random} is.
 *
 * @param header whether to wait as long as the service asks
 * @param backoff whether to back off where the service does not say
 * @param maxAttempts most attempts, the first included
 * @param baseNanos upper bound of the first back-off; doubles for each further one
 * @param maxNanos no attempt starts later than this after the first
 * @param random uniform numbers from 0 to 1: the back-off is drawn from 0 to its bound, so that
 *     clients that were throttled together do not come back together
 */
public record RetryPolicy(
    boolean header,
    boolean backoff,
    int maxAttempts,
    long baseNanos,
    long maxNanos,
    DoubleSupplier random) {

  /** Never tries again. */
  public static final RetryPolicy NONE = new RetryPolicy(false, false, 1, 0, 0, () -> 0);

  /**
   * The pause before the next attempt; absent if there is to be none.
   *
   * @param attempts how many attempts were made
   * @param retryAfterMillis what the service asked for
   * @param elapsedNanos since the start of the first attempt
   */
  public OptionalLong pauseNanos(int attempts, OptionalLong retryAfterMillis, long elapsedNanos) {
    if (attempts >= maxAttempts) {
      return OptionalLong.empty();
    }
    OptionalLong pause = OptionalLong.empty();
    if (header && retryAfterMillis.isPresent()) {
      pause = OptionalLong.of(TimeUnit.MILLISECONDS.toNanos(retryAfterMillis.getAsLong()));
    } else if (backoff) {
      double bound = baseNanos * Math.pow(2, attempts - 1);
      pause = OptionalLong.of((long) (bound * random.getAsDouble()));
    }
    boolean inTime = pause.isPresent() && pause.getAsLong() <= maxNanos - elapsedNanos;
    return inTime ? pause : OptionalLong.empty();
  }
}
