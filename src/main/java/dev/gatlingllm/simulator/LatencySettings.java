package dev.gatlingllm.simulator;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a call is served, once it has left the queue.
 *
 * @param timeToFirstToken time to the first token of an empty prompt, 0 to 1 hour
 * @param prefillMillisPerInputToken what each input token adds to it, 0 to 1,000 ms
 * @param tokensPerSecond decode rate, above 0
 * @param tokensPerChunk how many tokens one decoding step yields, and thus one chunk carries, 1 to
 *     1,000
 * @param firstTokenJitter scatter of the time to the first token
 * @param gapJitter scatter of each gap
 */
public record LatencySettings(
    Duration timeToFirstToken,
    double prefillMillisPerInputToken,
    double tokensPerSecond,
    int tokensPerChunk,
    Jitter firstTokenJitter,
    Jitter gapJitter) {

  /** Checks the ranges. */
  public LatencySettings {
    Check.between("timeToFirstToken in ms", timeToFirstToken.toMillis(), 0, 3_600_000);
    Check.between("prefillMillisPerInputToken", prefillMillisPerInputToken, 0, 1_000);
    Check.positive("tokensPerSecond", tokensPerSecond);
    Check.between("tokensPerChunk", tokensPerChunk, 1, 1_000);
    Objects.requireNonNull(firstTokenJitter, "firstTokenJitter");
    Objects.requireNonNull(gapJitter, "gapJitter");
  }
}
