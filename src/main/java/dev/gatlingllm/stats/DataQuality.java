package dev.gatlingllm.stats;

/**
 * What a reader of the numbers should know.
 *
 * @param stalls inter-chunk latencies longer than the run's stall threshold
 * @param lateEvents events that came after their call had ended
 * @param estimatedTokens succeeded calls whose tokens come from a tokenizer
 * @param uncountedTokens succeeded calls without any output token count
 * @param implausibleTokens succeeded calls for which the provider reported an impossible count
 */
public record DataQuality(
    long stalls,
    long lateEvents,
    long estimatedTokens,
    long uncountedTokens,
    long implausibleTokens) {}
