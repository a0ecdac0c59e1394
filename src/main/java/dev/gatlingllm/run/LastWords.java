package dev.gatlingllm.run;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.decision.LimitResult;
import dev.gatlingllm.text.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The last lines of a run on the console, five at most: whoever looks at a build looks there. */
final class LastWords {

  private static final int MOST = 5;

  private LastWords() {}

  /** Why the run has failed, a line for each cause. */
  static List<String> red(List<String> causes) {
    boolean all = causes.size() <= MOST;
    List<String> lines = new ArrayList<>();
    for (String cause : causes.subList(0, all ? causes.size() : MOST - 1)) {
      lines.add("the run has failed: " + cause);
    }
    if (!all) {
      lines.add("the run has failed: " + (causes.size() - MOST + 1) + " more, see summary.txt");
    }
    return lines;
  }

  /** What became of limits that all passed; nothing if there are none. */
  static List<String> green(List<LimitResult> limits) {
    if (limits.isEmpty()) {
      return List.of();
    }
    List<LimitResult> met = limits.stream().filter(l -> l.outcome() == Outcome.MET).toList();
    List<LimitResult> open = limits.stream().filter(l -> l.outcome() != Outcome.MET).toList();
    List<String> lines = new ArrayList<>();
    if (open.isEmpty()) {
      lines.add(
          (met.size() == 1 ? "the limit is met" : "all " + met.size() + " limits are met")
              + leastRoom(met).map(least -> ", the closest is " + least.line()).orElse(""));
      return lines;
    }
    lines.add(Count.of(limits.size(), "limit") + ", " + met.size() + " shown to be met");
    boolean all = open.size() < MOST;
    open.subList(0, all ? open.size() : MOST - 2).forEach(limit -> lines.add(limit.line()));
    if (!all) {
      lines.add((open.size() - MOST + 2) + " more that are not shown, see summary.txt");
    }
    return lines;
  }

  private static Optional<LimitResult> leastRoom(List<LimitResult> met) {
    return met.stream()
        .filter(limit -> limit.roomPercent().isPresent())
        .min(Comparator.comparingDouble(limit -> limit.roomPercent().getAsDouble()));
  }
}
