package dev.gatlingllm.config;

import dev.gatlingllm.call.CallLimits;
import java.time.Duration;

/**
 * {@code llm.timeout}: our own limits, since the SDKs' are switched off.
 *
 * @param connect for TCP and TLS set-up
 * @param idle how long a connection may be idle and still be used
 * @param firstToken from the start of an attempt to its first chunk
 * @param stall between two chunks
 * @param total from the start of the call to its end
 */
public record TimeoutConfig(
    Duration connect, Duration idle, Duration firstToken, Duration stall, Duration total) {

  static TimeoutConfig read(ConfigReader reader) {
    return new TimeoutConfig(
        reader.positiveDuration("llm.timeout.connect"),
        reader.positiveDuration("llm.timeout.idle"),
        reader.positiveDuration("llm.timeout.firstToken"),
        reader.positiveDuration("llm.timeout.stall"),
        reader.positiveDuration("llm.timeout.total"));
  }

  /**
   * The limits of a call.
   *
   * @param answerChars how many characters of its answer are kept
   */
  public CallLimits limits(int answerChars) {
    return new CallLimits(
        connect.toNanos(), firstToken.toNanos(), stall.toNanos(), total.toNanos(), answerChars);
  }
}
