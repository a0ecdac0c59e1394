package dev.gatlingllm.simulator.wire;

import java.util.Optional;

/**
 * How an answer ends.
 *
 * @param reason why the model stopped
 * @param usage the token counts; empty to send none
 * @param terminated whether the last event is sent: {@code [DONE]}, or Bedrock's metadata
 * @param latencyMillis time since the request, for Bedrock's metrics
 */
public record AnswerEnd(
    StopReason reason, Optional<Usage> usage, boolean terminated, long latencyMillis) {}
