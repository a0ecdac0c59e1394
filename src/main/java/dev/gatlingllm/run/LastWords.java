package dev.gatlingllm.run;

import java.util.ArrayList;
import java.util.List;

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
}
