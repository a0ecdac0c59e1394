package dev.gatlingllm.call;

import dev.gatlingllm.provider.Failure;
import java.util.OptionalLong;
import java.util.Set;
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
 * @param staleConnection whether a call whose reused connection the server closed, before any byte
 *     of a response, is sent again at once: the service may have taken both
 * @param random uniform numbers from 0 to 1: the back-off is drawn from 0 to its bound, so that
 *     clients that were throttled together do not come back together
 */
public record RetryPolicy(
    boolean header,
    boolean backoff,
    int maxAttempts,
    long baseNanos,
    long maxNanos,
    boolean staleConnection,
    DoubleSupplier random) {

  /** 503 Service Unavailable, and 529, which some services send when they are overloaded. */
  private static final Set<Integer> COME_BACK = Set.of(503, 529);

  /** Never tries again. */
  public static final RetryPolicy NONE = new RetryPolicy(false, false, 1, 0, 0, false, () -> 0);

  /** As the record, for calls on closed connections that are not sent again. */
  public RetryPolicy(
      boolean header,
      boolean backoff,
      int maxAttempts,
      long baseNanos,
      long maxNanos,
      DoubleSupplier random) {
    this(header, backoff, maxAttempts, baseNanos, maxNanos, false, random);
  }

  /**
   * The pause before the next attempt; absent if there is to be none.
   *
   * @param failure how the attempt ended
   * @param attempts how many attempts were made
   * @param retryAfterMillis what the service asked for
   * @param elapsedNanos since the start of the first attempt
   */
  OptionalLong pauseNanos(
      Failure failure, int attempts, OptionalLong retryAfterMillis, long elapsedNanos) {
    if (failure.kind() == Failure.Kind.STALE) {
      boolean again = staleConnection && attempts < maxAttempts && elapsedNanos <= maxNanos;
      return again ? OptionalLong.of(0) : OptionalLong.empty();
    }
    return asksToComeBack(failure, retryAfterMillis)
        ? pauseNanos(attempts, retryAfterMillis, elapsedNanos)
        : OptionalLong.empty();
  }

  /** A service that is overloaded or down for a while may say when it will not be. */
  private static boolean asksToComeBack(Failure failure, OptionalLong retryAfterMillis) {
    return failure.kind() == Failure.Kind.THROTTLED
        || (failure.kind() == Failure.Kind.REJECTED
            && COME_BACK.contains(failure.status())
            && retryAfterMillis.isPresent());
  }

  /**
   * The pause before the next attempt of a throttled call; absent if there is to be none.
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
