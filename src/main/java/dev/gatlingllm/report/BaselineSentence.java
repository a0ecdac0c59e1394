package dev.gatlingllm.report;

import dev.gatlingllm.record.AssertionResult;
import java.util.List;
import java.util.stream.Collectors;

/** Says whether a run is worse than its baseline. */
public final class BaselineSentence {

  /** Begins the text of an assertion of {@code llm.gate.baseline}; the baseline's name follows. */
  public static final String PREFIX = "not worse than baseline ";

  private static final String KEY = "llm.gate.baseline";

  private BaselineSentence() {}

  static String of(RunReport report) {
    List<AssertionResult> compared =
        report.assertions().stream().filter(r -> r.text().contains(PREFIX)).toList();
    if (compared.isEmpty()) {
      return RunSettings.of(report).isSet(KEY)
          ? "The comparison with the baseline (" + KEY + ") is not there."
          : "Whether it is worse than before is unknown: no baseline is given (" + KEY + ").";
    }
    List<AssertionResult> worse = compared.stream().filter(r -> !r.passed()).toList();
    return worse.isEmpty()
        ? "It is not shown to be worse than the baseline: " + text(compared) + "."
        : "It is worse than the baseline: " + text(worse) + ".";
  }

  private static String text(List<AssertionResult> results) {
    AssertionResult first = results.get(0);
    String name = first.text().substring(first.text().indexOf(PREFIX) + PREFIX.length());
    String more = results.size() > 1 ? results.stream().skip(1).count() + " more in the table" : "";
    return List.of(name + ": " + first.actual(), more).stream()
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("; "));
  }
}
