package dev.gatlingllm.report;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.decision.LimitResult;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says in a sentence or two which limits held, and by how much. */
final class LimitsSentence {

  private static final int MOST_NAMED = 3;

  private LimitsSentence() {}

  static String of(List<LimitResult> limits) {
    if (limits.isEmpty()) {
      return "Whether that is fast enough is not decided: no limit is set (llm.slo).";
    }
    List<LimitResult> met = with(limits, Outcome.MET);
    if (met.size() == limits.size()) {
      return met.size() == 1
          ? "The limit is met: " + met.get(0).figures() + "."
          : "All " + met.size() + " limits are met" + closest(met) + ".";
    }
    String others =
        met.isEmpty() ? "" : " " + met.size() + " of " + limits.size() + " limits are met.";
    return (missed(with(limits, Outcome.MISSED)) + open(with(limits, Outcome.UNDECIDED)) + others)
        .strip();
  }

  private static List<LimitResult> with(List<LimitResult> limits, Outcome outcome) {
    return limits.stream().filter(limit -> limit.outcome() == outcome).toList();
  }

  private static String closest(List<LimitResult> met) {
    Optional<LimitResult> least =
        met.stream()
            .filter(limit -> limit.roomPercent().isPresent())
            .min(Comparator.comparingDouble(limit -> limit.roomPercent().getAsDouble()));
    return least.map(limit -> "; the closest is " + limit.figures()).orElse("");
  }

  private static String missed(List<LimitResult> missed) {
    return missed.isEmpty() ? "" : "Missed: " + named(missed, LimitResult::figures) + ".";
  }

  private static String open(List<LimitResult> open) {
    if (open.isEmpty()) {
      return "";
    }
    boolean oneReason = open.stream().map(LimitResult::reason).distinct().count() == 1;
    return oneReason && open.size() > 1
        ? " Undecided: "
            + named(open, LimitResult::figures)
            + "; "
            + withoutWord(open.get(0).reason())
            + "."
        : " Undecided: "
            + named(open, limit -> limit.figures() + " (" + withoutWord(limit.reason()) + ")")
            + ".";
  }

  private static String withoutWord(String reason) {
    return reason.replaceFirst("^undecided: ", "");
  }

  private static String named(List<LimitResult> limits, Function<LimitResult, String> words) {
    String first = limits.stream().limit(MOST_NAMED).map(words).collect(Collectors.joining("; "));
    int more = limits.size() - MOST_NAMED;
    return more > 0 ? first + "; and " + more + " more" : first;
  }
}
