package dev.gatlingllm.report;

import dev.gatlingllm.decision.LimitJudge;
import dev.gatlingllm.decision.LimitResult;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.stats.CallKey;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.Goodput;
import dev.gatlingllm.stats.Measure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A limit that is drawn as a line.
 *
 * @param of which statistic it is a limit of: {@code p95}, or {@code call} for that of every call
 * @param value in the unit of the measure
 */
record ChartLimit(String of, double value) {

  private static final String CALL = "call";

  /** The limits of a run. */
  record All(List<LimitResult> judged, CallObjectives objectives) {

    static All of(RunReport report) {
      return new All(
          report.limits(),
          report
              .statistics()
              .overall()
              .goodput()
              .map(Goodput::objectives)
              .orElse(CallObjectives.NONE));
    }

    /** Those on all calls together. */
    List<ChartLimit> ofAllCalls(Measure measure) {
      return found(measure, limit -> limit.path().isEmpty());
    }

    /** Those on the calls of a key alone. */
    List<ChartLimit> of(CallKey key, Measure measure) {
      return found(measure, limit -> !limit.path().isEmpty() && LimitJudge.isOf(limit, key));
    }

    /** Those on every call. */
    List<ChartLimit> ofEachCall(Measure measure) {
      Optional<Duration> limit =
          measure == Measure.TTFT
              ? objectives.ttft()
              : measure == Measure.E2E ? objectives.e2e() : Optional.empty();
      return limit.map(most -> new ChartLimit(CALL, most.toNanos() / 1e6)).stream().toList();
    }

    private List<ChartLimit> found(Measure measure, Predicate<Limit> holds) {
      List<ChartLimit> found = new ArrayList<>();
      judged.stream()
          .map(LimitResult::limit)
          .filter(limit -> limit.of().equals(measure.field()) && holds.test(limit))
          .map(limit -> new ChartLimit(limit.statistic(), limit.value()))
          .distinct()
          .forEach(found::add);
      found.addAll(ofEachCall(measure));
      return found;
    }
  }
}
