package dev.gatlingllm.config;

import java.time.Duration;
import java.util.List;

/**
 * {@code llm.retry}: what happens to a throttled call.
 *
 * @param header whether to wait as long as the service asks
 * @param backoff whether to back off where the service does not say
 * @param maxAttempts most attempts of a call, the first included
 * @param base first back-off
 * @param staleConnection whether a call on a reused connection that the server closed is sent again
 * @param maxTime no attempt starts later than this after the first
 */
public record RetryConfig(
    boolean header,
    boolean backoff,
    int maxAttempts,
    Duration base,
    Duration maxTime,
    boolean staleConnection) {

  static RetryConfig read(ConfigReader reader) {
    String mode = reader.choice("llm.retry.mode", List.of("none", "header", "backoff", "both"));
    return new RetryConfig(
        mode.equals("header") || mode.equals("both"),
        mode.equals("backoff") || mode.equals("both"),
        reader.integer("llm.retry.maxAttempts", 1),
        reader.positiveDuration("llm.retry.backoff"),
        reader.positiveDuration("llm.retry.maxTime"),
        reader.flag("llm.retry.staleConnection"));
  }
}
