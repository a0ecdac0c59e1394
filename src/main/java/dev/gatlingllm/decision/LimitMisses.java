package dev.gatlingllm.decision;

import dev.gatlingllm.record.Limit;
import dev.gatlingllm.stats.ShareCount;
import dev.gatlingllm.stats.StatisticsCollector;
import java.util.OptionalDouble;

/** A limit as a claim about a share of calls: how many may miss it, and how many do. */
public final class LimitMisses {

  private LimitMisses() {}

  /**
   * The share of calls that may miss a limit, above 0 and below 1: 0.05 for a p95 and for at most 5
   * % failures. Absent if the limit is no such claim: a mean, a least or greatest value, a number
   * of calls, or a share that nothing may miss.
   */
  public static OptionalDouble allowed(Limit limit) {
    boolean ofShare = limit.statistic().equals("percent");
    boolean percentile = limit.statistic().matches("p\\d.*");
    if (limit.bound() == Limit.Bound.EXACTLY || !(ofShare || percentile)) {
      return OptionalDouble.empty();
    }
    double percent = ofShare ? limit.value() : Double.parseDouble(limit.statistic().substring(1));
    // a p95 of at most L: 5 % may be above; a p5 of at least L: 5 % may be below
    boolean rest = ofShare ? !limit.bound().isUpper() : limit.bound().isUpper();
    double allowed = (rest ? 100 - percent : percent) / 100;
    return allowed > 0 && allowed < 1 ? OptionalDouble.of(allowed) : OptionalDouble.empty();
  }

  /** The calls that miss a limit, among those that it is about, by the rule of the gate. */
  public static ShareCount of(Limit limit, StatisticsCollector calls) {
    Evidence evidence = LimitJudge.finding(limit, calls).evidence();
    if (evidence.calls() == 0 || evidence.share().isEmpty()) {
      return ShareCount.NONE;
    }
    long kept = Math.round(evidence.share().getAsDouble() * evidence.calls());
    return new ShareCount(evidence.calls() - kept, evidence.calls(), evidence.worth());
  }
}
