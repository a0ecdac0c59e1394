package dev.gatlingllm.decision;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.RankedValues;
import dev.gatlingllm.stats.SelectedCalls;
import dev.gatlingllm.stats.ShareCount;
import dev.gatlingllm.text.Figures;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What calls say of a limit.
 *
 * @param actual the number that was measured; absent if nothing was
 * @param open whether the number is a lower bound
 * @param evidence what is shown
 * @param byValue whether the number decides, since the limit is no claim about a share of calls
 * @param claimed the share of calls that must keep the limit, 0 to 1; absent if the number decides
 * @param noGround why these calls are none; empty if they are
 */
record LimitFinding(
    OptionalDouble actual,
    boolean open,
    Evidence evidence,
    boolean byValue,
    OptionalDouble claimed,
    Optional<WhyUndecided.Because> noGround) {

  private static final String ALL_TO_CANCEL = "the client was to cancel every call";

  static LimitFinding of(Limit limit, SelectedCalls calls) {
    return switch (limit.of()) {
      case Limit.FAILED -> ofFailed(limit, calls);
      case Limit.GOOD ->
          calls
              .shares()
              .good()
              .map(good -> good.of() == 0 ? nothing(unsent(calls)) : ofShare(limit, good))
              .orElseGet(() -> nothing("no call was sent"));
      default ->
          measure(limit)
              .flatMap(calls::of)
              .map(values -> ofValues(limit, values))
              .orElseGet(() -> nothing(absence(calls)));
    };
  }

  /** A number of failures is that of all calls, also of those that were to be cancelled. */
  private static LimitFinding ofFailed(Limit limit, SelectedCalls calls) {
    long ended = calls.counts().ended();
    if (ended == 0) {
      return nothing("no call ended");
    }
    if (limit.statistic().equals("count")) {
      return byValue(limit, (double) calls.counts().failed(), ended);
    }
    return calls.shares().failed().of() == 0
        ? nothing(ALL_TO_CANCEL)
        : ofShare(limit, calls.shares().failed());
  }

  private static String unsent(SelectedCalls calls) {
    return calls.counts().started() == 0 ? "no call was sent" : ALL_TO_CANCEL;
  }

  private static String absence(SelectedCalls calls) {
    if (calls.counts().started() == 0) {
      return "no call counts for it";
    }
    if (calls.counts().startedToStay() == 0) {
      return ALL_TO_CANCEL;
    }
    return calls.counts().succeeded() == 0 ? "no call succeeded" : "no call has a value";
  }

  /** The measure that is limited; absent if it is a share of calls, or of a later release. */
  static Optional<Measure> measure(Limit limit) {
    return Stream.of(Measure.values()).filter(m -> m.field().equals(limit.of())).findFirst();
  }

  private static LimitFinding nothing(String why) {
    return new LimitFinding(
        OptionalDouble.empty(),
        false,
        Evidence.ofNothing(),
        false,
        OptionalDouble.empty(),
        Optional.of(new WhyUndecided.Because(WhyUndecided.NOTHING_MEASURED, why)));
  }

  private static LimitFinding ofShare(Limit limit, ShareCount seen) {
    if (limit.statistic().equals("count")) {
      return byValue(limit, (double) seen.count(), seen.of());
    }
    double asked = limit.value() / 100;
    boolean upper = limit.bound().isUpper();
    double claimed = upper ? 1 - asked : asked;
    if (limit.bound() == Limit.Bound.EXACTLY || claimed <= 0 || claimed >= 1) {
      return byValue(limit, 100 * seen.share(), seen.of());
    }
    ShareCount kept =
        upper ? new ShareCount(seen.of() - seen.count(), seen.of(), seen.worth()) : seen;
    return new LimitFinding(
        OptionalDouble.of(100 * seen.share()),
        false,
        LimitDecision.ofShare(kept, claimed),
        false,
        OptionalDouble.of(claimed),
        Optional.empty());
  }

  private static LimitFinding ofValues(Limit limit, RankedValues values) {
    return switch (limit.statistic()) {
      case "min" -> byValue(limit, values.min(), values.n());
      case "mean" -> byValue(limit, values.mean(), values.n());
      case "max" -> ofMax(limit, values);
      default -> ofPercentile(limit, values, Double.parseDouble(limit.statistic().substring(1)));
    };
  }

  private static LimitFinding ofMax(Limit limit, RankedValues values) {
    LimitFinding known = byValue(limit, values.max(), values.n());
    boolean open = values.longer() > 0;
    boolean within = limit.bound().holds(values.max(), limit.value());
    return new LimitFinding(
        known.actual(),
        open,
        known.evidence(),
        true,
        OptionalDouble.empty(),
        open && within ? Optional.of(withoutEnd(values)) : Optional.empty());
  }

  private static WhyUndecided.Because withoutEnd(RankedValues values) {
    return new WhyUndecided.Because(
        WhyUndecided.END_NOT_SEEN,
        "it is that of "
            + Figures.count(values.longer())
            + " calls that were dropped, held back, timed out or in flight at the end");
  }

  private static LimitFinding ofPercentile(Limit limit, RankedValues values, double percent) {
    double actual = values.percentile(percent);
    if (limit.bound() == Limit.Bound.EXACTLY) {
      return byValue(limit, actual, values.n());
    }
    double claimed = limit.bound().isUpper() ? percent / 100 : 1 - percent / 100;
    Evidence evidence = LimitDecision.ofShare(kept(limit, values), claimed);
    long needed = (long) Math.floor(Math.log(Interval.RISK_OF_ONE_SIDE) / Math.log(claimed)) + 1;
    boolean tooFew = values.n() < needed && evidence.outcome() == Outcome.UNDECIDED;
    return new LimitFinding(
        OptionalDouble.of(actual),
        values.isOpen(percent),
        evidence,
        false,
        OptionalDouble.of(claimed),
        tooFew
            ? Optional.of(
                new WhyUndecided.Because(
                    WhyUndecided.TOO_FEW_CALLS,
                    "too few calls: "
                        + limit.statistic()
                        + " needs "
                        + Figures.count(needed)
                        + ", there were "
                        + Figures.count(values.n())))
            : Optional.empty());
  }

  private static ShareCount kept(Limit limit, RankedValues values) {
    return switch (limit.bound()) {
      case AT_MOST -> values.atMost(limit.value());
      case BELOW -> values.atMost(Math.nextDown(limit.value()));
      case ABOVE -> values.atLeast(Math.nextUp(limit.value()));
      default -> values.atLeast(limit.value());
    };
  }

  private static LimitFinding byValue(Limit limit, double actual, long calls) {
    Evidence evidence =
        new Evidence(
            limit.bound().holds(actual, limit.value()) ? Outcome.MET : Outcome.MISSED,
            "by value",
            calls,
            calls,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty());
    return new LimitFinding(
        OptionalDouble.of(actual), false, evidence, true, OptionalDouble.empty(), Optional.empty());
  }
}
