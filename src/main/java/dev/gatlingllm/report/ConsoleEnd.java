package dev.gatlingllm.report;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.decision.LimitResult;
import dev.gatlingllm.text.Figures;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * What a console shows when a run has ended, after the table: what it found, its limits and where
 * the report is. All the rest is in {@code summary.txt}.
 */
public final class ConsoleEnd {

  private static final int MOST_LIMITS = 8;

  private ConsoleEnd() {}

  /** The text, a line or more for each part, ending in a line feed. */
  public static String of(RunReport report, Path folder) {
    Conclusion conclusion = report.conclusion();
    boolean listed = !report.limits().isEmpty();
    StringBuilder text =
        new StringBuilder(ConsoleTable.conclusion(listed ? conclusion.noLimits() : conclusion));
    limits(report.limits(), text);
    text.append("Report: ").append(folder.resolve("index.html").toAbsolutePath().normalize());
    return text.append(" (all tables as text: summary.txt beside it)\n").toString();
  }

  /** Those that were not met come first. */
  private static void limits(List<LimitResult> limits, StringBuilder text) {
    limits.stream()
        .sorted(Comparator.comparingInt(limit -> LimitMarks.order(limit.outcome())))
        .limit(MOST_LIMITS)
        .forEach(limit -> text.append(ConsoleTable.lines(line(limit))));
    if (limits.size() > MOST_LIMITS) {
      text.append("  and ").append(limits.size() - MOST_LIMITS).append(" more limits\n");
    }
  }

  private static String line(LimitResult limit) {
    String word =
        limit.outcome() == Outcome.UNDECIDED && !limit.passed()
            ? "FAILED"
            : switch (limit.outcome()) {
              case MET -> "met";
              case MISSED -> "MISSED";
              case UNDECIDED -> "undecided";
            };
    return Figures.fill("  %-9s %s", word, limit.line());
  }
}
