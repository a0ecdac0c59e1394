package dev.gatlingllm.gatling.call;

import dev.gatlingllm.record.CallRecord;
import java.util.Optional;

/**
 * What checks look at: the answer's text and what was measured of the call.
 *
 * @param text the visible text of the answer
 * @param call the call's record
 * @param toolCall what came of the arguments of the tools that the answer calls, which is in the
 *     text as well; absent if it calls none
 */
public record LlmResponse(String text, CallRecord call, Optional<String> toolCall) {

  /** An answer that calls no tool. */
  public LlmResponse(String text, CallRecord call) {
    this(text, call, Optional.empty());
  }
}
