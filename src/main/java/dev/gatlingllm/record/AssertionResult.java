package dev.gatlingllm.record;

/**
 * The verdict on one assertion of the simulation.
 *
 * @param text the assertion in words, such as {@code chat / TTFT: 95th percentile of response time
 *     is less than 500.0}
 * @param passed whether it held
 * @param actual the value that was found, or why there was none
 */
public record AssertionResult(String text, boolean passed, String actual) {}
