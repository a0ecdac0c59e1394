package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.EnumSet;
import java.util.Set;

/**
 * The calls that a user waited for in vain: an arrival that was dropped or held back, a call that
 * timed out, a call in flight at the end. Whoever is cut off is not cut off at random, but because
 * he waited long: so these rank above all calls that succeeded, and are not left out. Calls that
 * the client was to cancel before the awaited instant are left out: those were drawn at random.
 */
final class UserWait {

  /** What is counted from the arrival, as a user does. */
  static final Set<Measure> MEASURES =
      EnumSet.of(Measure.TTFT_FROM_ARRIVAL, Measure.E2E_FROM_ARRIVAL);

  private static final Set<Outcome> OPEN =
      EnumSet.of(Outcome.DROPPED, Outcome.TIMED_OUT, Outcome.UNFINISHED);

  private UserWait() {}

  static boolean isOpen(CallRecord call, Measure measure) {
    boolean toWait =
        !call.cancel().cancels()
            || (measure == Measure.TTFT_FROM_ARRIVAL && call.cancel().waitsForFirstToken());
    return toWait && OPEN.contains(call.outcome());
  }

  /** How long the user is known to have waited, to the first token if that came. */
  static double millis(CallRecord call, Measure measure) {
    long until =
        measure == Measure.TTFT_FROM_ARRIVAL
            ? call.times().firstOutput().orElse(call.times().end())
            : call.times().end();
    return (until - call.times().arrival()) / 1e6;
  }
}
