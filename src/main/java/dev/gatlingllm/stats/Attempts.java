package dev.gatlingllm.stats;

/**
 * What was sent for the calls.
 *
 * @param sent attempts in total
 * @param retriedCalls calls that were sent more than once
 * @param throttled attempts that the service turned away to slow the client down, whether or not
 *     the call succeeded later
 */
public record Attempts(long sent, long retriedCalls, long throttled) {}
