package dev.gatlingllm.simulator;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How many calls are let in.
 *
 * @param capacity calls served at the same time; further ones wait in line
 * @param queueLimit how many may wait, further ones are refused with 503; empty for no limit
 * @param requestsPerMinute quota of requests; empty for none
 * @param tokensPerMinute quota of tokens: input tokens plus max tokens of each call, taken when it
 *     comes in; empty for none
 * @param burst how much of a quota may be used at once, as the time in which it comes back: 60
 *     requests per minute with a burst of 10 s allow 10 calls at once, then one each second
 * @param retryAfter whether a throttled call is told {@code retry-after}, in seconds rounded up
 * @param retryAfterMillis whether a throttled call is told {@code retry-after-ms}
 */
public record LimitSettings(
    @Range(least = 1) int capacity,
    @Range OptionalInt queueLimit,
    @Range(least = 1, most = 100_000_000) OptionalLong requestsPerMinute,
    @Range(least = 1, most = 100_000_000) OptionalLong tokensPerMinute,
    @Range(least = 0.001, most = 60) Duration burst,
    boolean retryAfter,
    boolean retryAfterMillis) {}
