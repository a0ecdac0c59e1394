package dev.gatlingllm.gatling.call;

import dev.gatlingllm.record.CallRecord;

/**
 * What checks look at: the answer's text and what was measured of the call.
 *
 * @param text the visible text of the answer
 * @param call the call's record
 */
public record LlmResponse(String text, CallRecord call) {}
