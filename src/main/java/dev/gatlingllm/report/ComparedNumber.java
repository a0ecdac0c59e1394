package dev.gatlingllm.report;

import dev.gatlingllm.decision.Change;
import dev.gatlingllm.stats.Measure;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A number of two that are compared, and what is shown of it.
 *
 * @param name in print
 * @param kind what the number speaks of
 * @param change what is shown
 * @param effect how far the second is from the first, with its interval; may be empty
 * @param margin the least change that matters, in print
 */
public record ComparedNumber(String name, Kind kind, Change change, String effect, String margin) {

  /** What a number speaks of. */
  public enum Kind {
    /** What is worse in it is slower. */
    SPEED,
    /** What is worse in it fails more often. */
    FAILURES,
    OTHER;

    private static final Set<Measure> OF_SPEED =
        EnumSet.of(
            Measure.TTFT,
            Measure.TTLT,
            Measure.E2E,
            Measure.TPOT,
            Measure.TOKENS_PER_SECOND,
            Measure.TOKENS_PER_SECOND_E2E,
            Measure.MAX_INTER_CHUNK,
            Measure.TTFT_FROM_ARRIVAL,
            Measure.E2E_FROM_ARRIVAL);

    /** That of a measure; absent stands for the failures. */
    public static Kind of(Optional<Measure> measure) {
      return measure.map(one -> OF_SPEED.contains(one) ? SPEED : OTHER).orElse(FAILURES);
    }
  }
}
