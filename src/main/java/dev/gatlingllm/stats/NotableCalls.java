package dev.gatlingllm.stats;

import java.util.Optional;

/**
 * The best and the worst of the succeeded calls; of several equal ones, the first. All are absent
 * without a succeeded call, the latter two also without a token count.
 *
 * @param fastest the least e2e
 * @param slowest the greatest e2e
 * @param fastestPerToken the least e2e per output token
 * @param slowestPerToken the greatest e2e per output token
 */
public record NotableCalls(
    Optional<NotableCall> fastest,
    Optional<NotableCall> slowest,
    Optional<NotableCall> fastestPerToken,
    Optional<NotableCall> slowestPerToken) {}
