package dev.gatlingllm.decision;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.ShareCount;
import dev.gatlingllm.stats.ShareLimits;
import dev.gatlingllm.stats.Values;
import dev.gatlingllm.text.Figures;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.DoublePredicate;

/**
 * Decides a limit that is a claim about a share of calls: "p95 ≤ L" says that at least 95 % of the
 * calls take at most L, "failures ≤ 1 %" that at least 99 % do not fail. It is met if the one-sided
 * 95 % limit of {@link ShareLimits} lies above the share that is claimed, missed if it lies below,
 * and undecided otherwise. Calls count as the independent ones that they are worth.
 *
 * <pre>{@code
 * LimitDecision.atMost(Values.inOrder(millisInOrderOfStart), 500, 0.95)   // p95 ≤ 500 ms
 * LimitDecision.atLeast(Values.inOrder(ratesInOrderOfStart), 30, 0.90)    // p10 ≥ 30 tokens/s
 * LimitDecision.ofShare(ShareCount.inOrder(succeeded), 0.99)              // failures ≤ 1 %
 * }</pre>
 */
public final class LimitDecision {

  private static final double MOST_CALLS = 1e9;
  private static final double BURSTS = 60;

  private LimitDecision() {}

  /**
   * Decides whether a share of the calls has a value of at most a limit.
   *
   * @param share that is claimed, 0 to 1; 0.95 for a 95th percentile
   */
  public static Evidence atMost(Values values, double limit, double share) {
    return ofShare(ShareCount.atMost(values, limit), share);
  }

  /**
   * Decides whether a share of the calls has a value of at least a limit.
   *
   * @param share that is claimed, 0 to 1; 0.9 for a 10th percentile
   */
  public static Evidence atLeast(Values values, double limit, double share) {
    return ofShare(ShareCount.atLeast(values, limit), share);
  }

  /**
   * Decides whether at least a share of the calls is of a kind.
   *
   * @param seen the calls of that kind among all
   * @param share that is claimed, 0 to 1
   */
  public static Evidence ofShare(ShareCount seen, double share) {
    if (seen.of() == 0) {
      return Evidence.ofNothing();
    }
    double low = ShareLimits.low(seen.share(), seen.worth(), Interval.RISK_OF_ONE_SIDE);
    double high = ShareLimits.high(seen.share(), seen.worth(), Interval.RISK_OF_ONE_SIDE);
    Outcome outcome = low > share ? Outcome.MET : high < share ? Outcome.MISSED : Outcome.UNDECIDED;
    OptionalLong wouldTell =
        outcome == Outcome.UNDECIDED
            ? wouldTell(seen, share, Interval.RISK_OF_ONE_SIDE)
            : OptionalLong.empty();
    return new Evidence(
        outcome,
        reason(outcome, seen, share, low, high, wouldTell),
        seen.of(),
        seen.worth(),
        OptionalDouble.of(seen.share()),
        OptionalDouble.of(outcome == Outcome.MISSED ? high : low),
        wouldTell);
  }

  /**
   * How many calls would decide a claim, if they went on like these; empty if no number would.
   *
   * @param risk that a decision may be wrong, 0 to 1
   */
  static OptionalLong wouldTell(ShareCount seen, double claimed, double risk) {
    DoublePredicate tells =
        seen.share() > claimed
            ? worth -> ShareLimits.low(seen.share(), worth, risk) > claimed
            : worth -> ShareLimits.high(seen.share(), worth, risk) < claimed;
    double each = callsPerIndependent(seen);
    if (seen.share() == claimed || !tells.test(MOST_CALLS / each)) {
      return OptionalLong.empty();
    }
    double few = seen.worth();
    double enough = MOST_CALLS / each;
    while (enough / few > 1.001) {
      double middle = Math.sqrt(few * enough);
      if (tells.test(middle)) {
        enough = middle;
      } else {
        few = middle;
      }
    }
    return OptionalLong.of((long) Math.ceil(enough * each));
  }

  /**
   * How many calls are worth one independent call, for planning. In a series that holds a few
   * bursts, {@code n ÷ worth} is itself an estimate from about {@code worth} observations, and
   * rather too low: the next burst may be longer, or come later. With {@value #BURSTS} as it is,
   * the number of calls decides the limit in half of the runs at least, see reports/statistics.md.
   */
  private static double callsPerIndependent(ShareCount seen) {
    double each = seen.of() / seen.worth();
    return each * (1 + BURSTS * (1 / seen.worth() - 1.0 / seen.of()));
  }

  private static String reason(
      Outcome outcome,
      ShareCount seen,
      double claimed,
      double low,
      double high,
      OptionalLong wouldTell) {
    String calls = Worth.text(seen.of(), seen.worth()) + ": " + percent(seen.share()) + " keep it";
    String must = Figures.plain(100 * claimed) + " % must";
    return switch (outcome) {
      case MET -> calls + "; at least " + percent(low) + " do at 95 % confidence, " + must;
      case MISSED -> calls + "; at most " + percent(high) + " do at 95 % confidence, " + must;
      case UNDECIDED ->
          calls
              + ", "
              + must
              + "; "
              + (wouldTell.isPresent()
                  ? Figures.count(wouldTell.getAsLong()) + " calls like these would tell"
                  : "no number of calls like these would tell");
    };
  }

  private static String percent(double share) {
    return Figures.percent(OptionalDouble.of(100 * share)) + " %";
  }
}
