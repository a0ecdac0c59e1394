package dev.gatlingllm.simulator;

import java.time.Duration;

/**
 * How long a call is served, once it has left the queue.
 *
 * @param ttft time to the first token of an empty prompt
 * @param prefillPerToken what each input token adds to it
 * @param tokensPerSecond decode rate of one call
 * @param tokensPerChunk how many tokens one decoding step yields, and thus one chunk carries
 * @param jitter scatter of the time to the first token
 * @param interChunkJitter scatter of each inter-chunk latency
 */
public record LatencySettings(
    @Range(most = 3_600) Duration ttft,
    @Range(most = 1) Duration prefillPerToken,
    @Range(least = Double.MIN_VALUE) double tokensPerSecond,
    @Range(least = 1, most = 1_000) int tokensPerChunk,
    Jitter jitter,
    Jitter interChunkJitter) {

  LatencySettings withTtft(Duration other) {
    return new LatencySettings(
        other, prefillPerToken, tokensPerSecond, tokensPerChunk, jitter, interChunkJitter);
  }
}
