package dev.gatlingllm.record;

import java.util.Optional;

/**
 * The verdict on one assertion of the simulation.
 *
 * @param text the assertion in words, such as {@code chat / TTFT: 95th percentile of response time
 *     is less than 500.0}
 * @param passed whether it held
 * @param actual the value that was found, or why there was none
 * @param stoppedBy key of the setting that ended the load with this, such as {@code
 *     llm.spend.maxTokens}; absent if it ended nothing, and in runs of earlier versions
 */
public record AssertionResult(
    String text, boolean passed, String actual, Optional<String> stoppedBy) {

  /** Of an assertion that ended nothing. */
  public AssertionResult(String text, boolean passed, String actual) {
    this(text, passed, actual, Optional.empty());
  }

  /** A failed assertion that ended the load. */
  public static AssertionResult ended(String key, String text, String actual) {
    return new AssertionResult(text, false, actual, Optional.of(key));
  }
}
