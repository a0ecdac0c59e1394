package dev.gatlingllm.report;

import dev.gatlingllm.health.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The last lines of a run on the console: whoever looks at a build looks there. */
public final class LastWords {

  private static final int MOST = 5;

  private LastWords() {}

  /** The very last line: how the client was, and how the run ended. */
  public static String verdict(Verdict verdict, int causes, boolean crashed) {
    List<String> reasons = verdict.reasons();
    String why =
        reasons.isEmpty()
            ? ""
            : ": "
                + reasons.get(0).replaceFirst("[.]$", "")
                + (reasons.size() > 1 ? " (" + (reasons.size() - 1) + " more)" : "");
    String end = crashed ? "crashed" : causes > 0 ? "failed" : "passed";
    return "verdict: " + verdict.level().code() + why + "; the run has " + end;
  }

  /** Why the run has failed, a line for each cause, five at most. */
  public static List<String> red(List<String> causes) {
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
}
