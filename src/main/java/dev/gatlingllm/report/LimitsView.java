package dev.gatlingllm.report;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.decision.LimitResult;
import dev.gatlingllm.decision.Worth;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.text.Figures;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The limits of a run in a list, those that were missed first, and what else did not hold.
 *
 * @param rows the limits, at most 8
 * @param more how many further ones there are
 * @param failed other assertions that did not hold, at most 8
 * @param moreFailed how many further ones there are
 */
record LimitsView(List<Row> rows, int more, List<AssertionResult> failed, int moreFailed) {

  private static final int MOST = 8;

  /**
   * A limit, all text.
   *
   * @param outcome for machines and as a style: {@code met}, {@code missed} or {@code undecided}
   * @param mark of the outcome, one character
   * @param value that was measured, or that nothing was
   * @param limit with its bound, such as {@code ≤ 500 ms}
   * @param margin of the value to the limit, percent of the limit; a dash if there is none
   * @param calls that it rests on, and how many independent ones they are worth if that is less
   * @param reason why it is undecided; empty if it is decided
   */
  record Row(
      String outcome,
      String mark,
      String title,
      String value,
      String limit,
      String margin,
      String calls,
      String reason) {}

  static LimitsView of(RunReport report) {
    List<LimitResult> limits = report.limits();
    Set<AssertionResult> ofLimits =
        limits.stream().map(LimitResult::asAssertion).collect(Collectors.toSet());
    List<AssertionResult> failed =
        report.assertions().stream()
            .filter(result -> !result.passed() && !ofLimits.contains(result))
            .toList();
    return new LimitsView(
        limits.stream()
            .sorted(Comparator.comparingInt(limit -> LimitMarks.order(limit.outcome())))
            .limit(MOST)
            .map(LimitsView::row)
            .toList(),
        Math.max(0, limits.size() - MOST),
        failed.stream().limit(MOST).toList(),
        Math.max(0, failed.size() - MOST));
  }

  /** Whether there is no limit, and nothing else that did not hold. */
  public boolean none() {
    return rows.isEmpty() && failed.isEmpty();
  }

  private static Row row(LimitResult limit) {
    return new Row(
        limit.outcome().code(),
        LimitMarks.mark(limit.outcome()),
        limit.title(),
        limit.valueText(),
        limit.limitText(),
        limit.marginText().orElse(Figures.DASH),
        Worth.text(limit.calls(), limit.worth()),
        limit.outcome() == Outcome.UNDECIDED
            ? limit.reason().replaceFirst("^undecided: ", "")
            : "");
  }
}
