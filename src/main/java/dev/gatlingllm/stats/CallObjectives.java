package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The limits that one call must keep to count for the goodput.
 *
 * @param ttft the longest time to the first token
 * @param tpot the longest time per output token
 * @param e2e the longest time to the end
 */
public record CallObjectives(
    Optional<Duration> ttft, Optional<Duration> tpot, Optional<Duration> e2e) {

  /** No limit at all. */
  public static final CallObjectives NONE =
      new CallObjectives(Optional.empty(), Optional.empty(), Optional.empty());

  /** Rejects limits that no call can keep. */
  public CallObjectives {
    requirePositive("ttft", ttft);
    requirePositive("tpot", tpot);
    requirePositive("e2e", e2e);
  }

  /** Whether there is no limit, and so no goodput to speak of. */
  public boolean isEmpty() {
    return ttft.isEmpty() && tpot.isEmpty() && e2e.isEmpty();
  }

  /**
   * Whether the call succeeded with an answer that no filter blocked, and kept every limit. A limit
   * on TPOT is kept by an answer of fewer than two tokens, which has none, but not by one whose
   * stream was buffered on its way.
   */
  public boolean metBy(CallRecord call) {
    return call.outcome() == Outcome.SUCCEEDED
        && !AnswerTally.isBlocked(call)
        && kept(ttft, Measure.TTFT, call)
        && kept(tpot, Measure.TPOT, call)
        && kept(e2e, Measure.E2E, call);
  }

  private static boolean kept(Optional<Duration> limit, Measure measure, CallRecord call) {
    if (limit.isEmpty()) {
      return true;
    }
    OptionalDouble millis = measure.of(call);
    return millis.isPresent()
        ? millis.getAsDouble() <= limit.get().toNanos() / 1e6
        : measure == Measure.TPOT && !BufferedStream.is(call);
  }

  private static void requirePositive(String name, Optional<Duration> limit) {
    if (limit.isPresent() && (limit.get().isZero() || limit.get().isNegative())) {
      throw new IllegalArgumentException(name + " must be > 0, was " + limit.get());
    }
  }
}
