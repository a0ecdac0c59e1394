package dev.gatlingllm.report.compare;

import dev.gatlingllm.decision.RunComparison;
import dev.gatlingllm.health.Trust;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.report.Completeness;
import dev.gatlingllm.report.LoadedRun;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.stats.CallKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Two runs and what is to be said of them together.
 *
 * @param first the run that is compared with, such as the baseline
 * @param second the run that is judged
 * @param comparison of their calls
 * @param settings that differ and matter
 * @param distrust why the numbers of a run are not to be believed; empty if they are
 * @param notes what else to know, in sentences
 */
public record ComparedRuns(
    RunReport first,
    RunReport second,
    RunComparison comparison,
    List<SettingDifference> settings,
    List<String> distrust,
    List<String> notes) {

  /** Copies the lists. */
  public ComparedRuns {
    settings = List.copyOf(settings);
    distrust = List.copyOf(distrust);
    notes = List.copyOf(notes);
  }

  /**
   * Reads and compares the folders of two runs.
   *
   * @throws IllegalArgumentException if one is not that of a run, or both are the same
   * @throws dev.gatlingllm.record.RecordFormatException naming the file and line that is wrong
   */
  public static ComparedRuns of(Path first, Path second) throws IOException {
    if (first.toAbsolutePath().normalize().equals(second.toAbsolutePath().normalize())) {
      throw new IllegalArgumentException(second + " is compared with itself");
    }
    LoadedRun a = LoadedRun.of(first);
    LoadedRun b = LoadedRun.of(second);
    RunComparison comparison =
        RunComparison.of(
            new RunComparison.Collected(a.report().statistics(), a.calls()),
            new RunComparison.Collected(b.report().statistics(), b.calls()));
    List<SettingDifference> settings = new ArrayList<>();
    if (a.report().info().isPresent() && b.report().info().isPresent()) {
      RunInfo info = a.report().info().get();
      settings.addAll(SettingDifference.between(info, b.report().info().get()));
    }
    List<String> distrust = new ArrayList<>();
    distrust(a.report(), distrust);
    distrust(b.report(), distrust);
    return new ComparedRuns(
        a.report(), b.report(), comparison, settings, distrust, notes(a, b, comparison));
  }

  private static void distrust(RunReport run, List<String> reasons) {
    String name = run.runs().get(0);
    Trust level = run.client().verdict().level();
    if (level != Trust.TRUSTED) {
      reasons.add(name + " is " + run.client().verdict().line());
    }
    if (run.completeness() != Completeness.COMPLETE) {
      reasons.add(name + ": " + run.completeness().text() + ".");
    }
  }

  private static List<String> notes(LoadedRun a, LoadedRun b, RunComparison comparison) {
    List<String> notes = new ArrayList<>();
    if (a.report().info().isEmpty() || b.report().info().isEmpty()) {
      notes.add("A run has no run.json: whether their settings differ is unknown.");
    }
    only(comparison.onlyInFirst(), a.report(), notes);
    only(comparison.onlyInSecond(), b.report(), notes);
    return notes;
  }

  private static void only(List<CallKey> keys, RunReport run, List<String> notes) {
    for (CallKey key : keys) {
      notes.add(key.path() + " is in " + run.runs().get(0) + " alone.");
    }
  }

  /** The name of the first run's folder. */
  public String firstName() {
    return first.runs().get(0);
  }

  /** The name of the second run's folder. */
  public String secondName() {
    return second.runs().get(0);
  }
}
