package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Counts the started calls that the client was to cancel. Confined to one thread. */
final class CancelTally {

  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private long withFirstToken;
  private long partialTokens;
  private long counted;
  private long uncounted;

  /** Adds a started call. */
  void add(CallRecord call) {
    if (!call.cancel().cancels()) {
      return;
    }
    outcomes.merge(call.outcome(), 1L, Long::sum);
    if (call.outcome() == Outcome.CANCELLED) {
      withFirstToken += call.times().firstOutput().isPresent() ? 1 : 0;
      counted += call.tokensPartial() ? 1 : 0;
      uncounted += call.chunks() > 0 && !call.tokensPartial() ? 1 : 0;
      partialTokens += call.tokensPartial() ? call.tokens().output().orElse(0) : 0;
    }
  }

  void addAll(CancelTally other) {
    other.outcomes.forEach((outcome, calls) -> outcomes.merge(outcome, calls, Long::sum));
    withFirstToken += other.withFirstToken;
    partialTokens += other.partialTokens;
    counted += other.counted;
    uncounted += other.uncounted;
  }

  /** How they ended. */
  Map<Outcome, Long> outcomes() {
    return outcomes;
  }

  /** Absent if the client was to cancel none. */
  Optional<CancelledCalls> result() {
    long drawn = outcomes.values().stream().mapToLong(Long::longValue).sum();
    return drawn == 0
        ? Optional.empty()
        : Optional.of(
            new CancelledCalls(
                drawn,
                outcomes.getOrDefault(Outcome.CANCELLED, 0L),
                withFirstToken,
                counted == 0 ? OptionalLong.empty() : OptionalLong.of(partialTokens),
                uncounted));
  }
}
