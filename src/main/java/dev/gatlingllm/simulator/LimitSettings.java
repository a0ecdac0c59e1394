package dev.gatlingllm.simulator;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How many calls are let in.
 *
 * @param capacity calls served at the same time; further ones wait in line
 * @param queueLimit how many may wait, further ones are refused with 503; empty for no limit
 * @param requestsPerMinute quota of requests, 1 to 100,000,000; empty for none
 * @param tokensPerMinute quota of tokens, 1 to 100,000,000: input tokens plus max tokens of each
 *     call, taken when it comes in; empty for none
 * @param burst how much of a quota may be used at once, as the time in which it comes back, 1 ms to
 *     1 minute: 60 requests per minute with a burst of 10 s allow 10 calls at once, then one each
 *     second
 * @param retryAfter whether a throttled call is told {@code retry-after}, in seconds rounded up
 * @param retryAfterMillis whether a throttled call is told {@code retry-after-ms}
 */
public record LimitSettings(
    int capacity,
    OptionalInt queueLimit,
    OptionalLong requestsPerMinute,
    OptionalLong tokensPerMinute,
    Duration burst,
    boolean retryAfter,
    boolean retryAfterMillis) {

  private static final long MAX_PER_MINUTE = 100_000_000;

  /** Checks the ranges. */
  public LimitSettings {
    Check.atLeast("capacity", capacity, 1);
    queueLimit.ifPresent(limit -> Check.atLeast("queueLimit", limit, 0));
    requestsPerMinute.ifPresent(n -> Check.between("requestsPerMinute", n, 1, MAX_PER_MINUTE));
    tokensPerMinute.ifPresent(n -> Check.between("tokensPerMinute", n, 1, MAX_PER_MINUTE));
    Check.between("burst in ms", burst.toMillis(), 1, 60_000);
  }
}
