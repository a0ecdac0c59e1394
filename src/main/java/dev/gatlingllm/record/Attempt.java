package dev.gatlingllm.record;

/**
 * One attempt of a call that was sent more than once.
 *
 * @param startNanos when it was sent, nanoseconds since the start of the run
 * @param endNanos when it ended
 * @param status the HTTP status, 0 if none came
 * @param outcome how it ended
 * @param waitNanos the pause that followed it, 0 for the last attempt
 */
public record Attempt(
    long startNanos, long endNanos, int status, Outcome outcome, long waitNanos) {}
