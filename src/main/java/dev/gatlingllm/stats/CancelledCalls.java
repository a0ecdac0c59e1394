package dev.gatlingllm.stats;

import java.util.OptionalLong;

/**
 * The calls that the client was to cancel.
 *
 * @param drawn how many it was to cancel; those that ended before are among them
 * @param calls how many it cancelled
 * @param withFirstToken how many of these had their first token
 * @param partialOutputTokens output tokens until the client cancelled, as far as they were counted;
 *     absent if none were
 * @param uncounted cancelled calls with output whose tokens were not counted
 */
public record CancelledCalls(
    long drawn,
    long calls,
    long withFirstToken,
    OptionalLong partialOutputTokens,
    long uncounted) {}
