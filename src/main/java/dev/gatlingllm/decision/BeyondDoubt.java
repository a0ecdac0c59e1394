package dev.gatlingllm.decision;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.ShareLimits;
import dev.gatlingllm.stats.StatisticsCollector;
import dev.gatlingllm.text.Figures;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Limits that are missed beyond doubt while a run goes on, found in looks at 100 ended calls, 125,
 * 156 and so on, which share a risk of 1 % ({@link SharedRisk}): a service at the edge of a limit
 * is called too slow in at most one run of a hundred, as far as its calls are worth what {@link
 * LimitDecision} takes them for.
 *
 * <p>A call in flight counts as one that keeps the limit, since fast failures end before slow
 * successes, and answers that are short before those that are long. An upper limit on end-to-end
 * times leaves them out: there the calls that ended first are the fast ones. A limit that is
 * decided by its number is missed beyond doubt if no later call can mend it, as a maximum that was
 * exceeded; a mean never is. Confined to one thread at a time.
 */
public final class BeyondDoubt {

  private static final SharedRisk RISK = new SharedRisk(0.01, 1);
  private static final long FIRST_LOOK = 100;
  private static final double GROWTH = 1.25;

  private final List<Limit> limits;
  private long nextLook = FIRST_LOOK;
  private int looks;

  /** Looks for these limits. */
  public BeyondDoubt(List<Limit> limits) {
    this.limits = List.copyOf(limits);
  }

  /**
   * Looks at the calls, if there are enough more of them than at the last look.
   *
   * @param inFlight calls without an end
   * @return the first limit that is missed beyond doubt, in words; empty if none is, or if this is
   *     no time for a look
   */
  public Optional<String> look(StatisticsCollector calls, long ended, long inFlight) {
    if (ended < nextLook) {
      return Optional.empty();
    }
    nextLook = Math.max((long) (nextLook * GROWTH), ended + 1);
    looks++;
    double risk = RISK.ofLook(looks);
    return limits.stream()
        .flatMap(limit -> miss(limit, calls, inFlight, risk).stream())
        .findFirst();
  }

  private Optional<String> miss(
      Limit limit, StatisticsCollector calls, long inFlight, double risk) {
    LimitFinding found = LimitJudge.finding(limit, calls);
    Evidence evidence = found.evidence();
    boolean missed =
        found.byValue()
            ? evidence.outcome() == Outcome.MISSED && staysMissed(limit)
            : evidence.calls() >= FIRST_LOOK
                && isMissed(found, ofFastFirst(limit) ? 0 : inFlight, risk);
    return missed
        ? Optional.of(
            LimitJudge.title(limit, limits)
                + " is missed beyond doubt after "
                + Worth.text(evidence.calls(), evidence.worth())
                + (found.byValue() ? "" : share(evidence.share())))
        : Optional.empty();
  }

  private static boolean ofFastFirst(Limit limit) {
    return limit.bound().isUpper()
        && LimitFinding.measure(limit)
            .filter(measure -> measure == Measure.E2E || measure == Measure.E2E_FROM_ARRIVAL)
            .isPresent();
  }

  private static boolean isMissed(LimitFinding found, long inFlight, double risk) {
    Evidence evidence = found.evidence();
    double all = evidence.calls() + inFlight;
    double kept = (evidence.share().orElseThrow() * evidence.calls() + inFlight) / all;
    double worth = evidence.worth() * all / evidence.calls();
    return ShareLimits.high(kept, worth, risk) < found.claimed().orElseThrow();
  }

  private static boolean staysMissed(Limit limit) {
    boolean upper = limit.bound().isUpper();
    boolean lower = limit.bound() == Limit.Bound.AT_LEAST || limit.bound() == Limit.Bound.ABOVE;
    return switch (limit.statistic()) {
      case "max", "count" -> upper;
      case "min" -> lower;
      case "percent" -> (upper && limit.value() == 0) || (lower && limit.value() == 100);
      default -> false;
    };
  }

  private static String share(OptionalDouble kept) {
    return " (" + Figures.percent(OptionalDouble.of(100 * kept.orElseThrow())) + " % keep it)";
  }
}
