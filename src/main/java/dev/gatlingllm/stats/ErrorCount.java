package dev.gatlingllm.stats;

import dev.gatlingllm.record.Outcome;
import java.util.List;

/**
 * How often one kind of failure happened.
 *
 * @param text normalised text of the failure
 * @param outcome how such a call ended
 * @param count how many calls
 * @param requestIds of the first of these calls, at most three
 */
public record ErrorCount(String text, Outcome outcome, long count, List<String> requestIds) {

  static final int REQUEST_IDS = 3;

  /** Copies the list. */
  public ErrorCount {
    requestIds = List.copyOf(requestIds);
  }
}
