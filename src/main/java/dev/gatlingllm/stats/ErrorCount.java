package dev.gatlingllm.stats;

import dev.gatlingllm.record.Outcome;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How often one kind of failure happened, and what is known of it.
 *
 * @param text normalised text of the failure
 * @param outcome how the first such call ended
 * @param count how many calls
 * @param firstSeconds when the first of them failed, since the start of the (first) run
 * @param lastSeconds when the last of them failed
 * @param status the HTTP status of the first that got a response; absent if none did
 * @param example what the service said to the first call to which it said something; may be empty
 * @param retryAfterMillis the longest that the service asked one of them to wait
 * @param requestIds of the first of these calls, at most three
 */
public record ErrorCount(
    String text,
    Outcome outcome,
    long count,
    double firstSeconds,
    double lastSeconds,
    OptionalInt status,
    String example,
    OptionalLong retryAfterMillis,
    List<String> requestIds) {

  static final int REQUEST_IDS = 3;

  /** Copies the list. */
  public ErrorCount {
    requestIds = List.copyOf(requestIds);
  }
}
