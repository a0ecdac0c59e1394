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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two runs and what is to be said of them together.
 *
 * @param first the run that is compared with, such as the baseline
 * @param second the run that is judged
 * @param comparison of their calls
 * @param settings that differ and matter
 * @param load whether the runs share their arrivals and prompts; absent for groups of runs
 * @param distrust why the numbers of a run are not to be believed; empty if they are
 * @param notes what else to know, in sentences
 */
public record ComparedRuns(
    RunReport first,
    RunReport second,
    RunComparison comparison,
    List<SettingDifference> settings,
    Optional<SharedLoad> load,
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
    return each(first, List.of(second)).get(0);
  }

  /**
   * Reads and compares the folders of several runs, each with the first.
   *
   * @return one comparison for each of the others, in the same order
   * @throws IllegalArgumentException if a folder is not that of a run, or is given twice
   * @throws dev.gatlingllm.record.RecordFormatException naming the file and line that is wrong
   */
  public static List<ComparedRuns> each(Path first, List<Path> others) throws IOException {
    for (Path other : others) {
      if (normal(first).equals(normal(other))) {
        throw new IllegalArgumentException(other + " is compared with itself");
      }
    }
    requireDistinct(others);
    LoadedRun a = LoadedRun.of(first);
    List<ComparedRuns> compared = new ArrayList<>();
    for (Path other : others) {
      compared.add(of(first, a, other, LoadedRun.of(other)));
    }
    return compared;
  }

  /** Compares a run with the shares of one load that were read and merged. */
  static ComparedRuns ofShares(Path first, LoadedRun shares) throws IOException {
    return of(LoadedRun.of(first), shares, SharedLoad.OF_SHARES);
  }

  private static ComparedRuns of(Path first, LoadedRun a, Path second, LoadedRun b)
      throws IOException {
    return of(a, b, SharedLoad.of(first, a, second, b));
  }

  private static ComparedRuns of(LoadedRun a, LoadedRun b, SharedLoad load) {
    RunComparison comparison = RunComparison.of(collected(a), collected(b), load.laterNanos());
    List<String> notes = List.of(load.text(comparison.isInPairs()));
    return of(a, b, comparison, settings(List.of(a, b)), Optional.of(load), notes);
  }

  /**
   * Reads and compares two groups of runs, of which each run is one observation.
   *
   * @throws IllegalArgumentException if a group has less than two runs, a run is given twice, or a
   *     folder is not that of a run
   */
  public static ComparedRuns ofGroups(List<Path> first, List<Path> second) throws IOException {
    requireGroups(first, second);
    List<LoadedRun> as = loaded(first);
    List<LoadedRun> bs = loaded(second);
    LoadedRun a = LoadedRun.of(first);
    LoadedRun b = LoadedRun.of(second);
    boolean paired =
        seeds(as).stream().distinct().count() == as.size() && seeds(as).equals(seeds(bs));
    RunComparison comparison =
        RunComparison.ofGroups(collected(as), collected(bs), paired, collected(a), collected(b));
    List<LoadedRun> all = Stream.concat(as.stream(), bs.stream()).toList();
    List<String> notes = List.of(groups(first.size(), second.size(), paired));
    return of(a, b, comparison, settings(all), Optional.empty(), notes);
  }

  private static void requireGroups(List<Path> first, List<Path> second) {
    if (first.size() < 2 || second.size() < 2) {
      throw new IllegalArgumentException(
          "a group needs two runs at least, had "
              + Math.min(first.size(), second.size())
              + ": the spread between runs is what they are judged by");
    }
    requireDistinct(Stream.concat(first.stream(), second.stream()).toList());
  }

  private static void requireDistinct(List<Path> runs) {
    List<Path> all = runs.stream().map(ComparedRuns::normal).toList();
    for (Path run : all) {
      if (Collections.frequency(all, run) > 1) {
        throw new IllegalArgumentException(run + " is given twice");
      }
    }
  }

  private static Path normal(Path run) {
    return run.toAbsolutePath().normalize();
  }

  private static String groups(int first, int second, boolean paired) {
    return "A is a group of "
        + first
        + " runs, B of "
        + second
        + ": each run is one observation, and the spread between runs makes the intervals."
        + (paired ? " Runs in the same place have the same seed: they are compared in pairs." : "");
  }

  private static List<LoadedRun> loaded(List<Path> folders) throws IOException {
    List<LoadedRun> runs = new ArrayList<>();
    for (Path folder : folders) {
      runs.add(LoadedRun.of(folder));
    }
    return runs;
  }

  private static List<Optional<String>> seeds(List<LoadedRun> runs) {
    return runs.stream().map(ComparedRuns::seed).toList();
  }

  /** Absent without run.json. */
  private static Optional<String> seed(LoadedRun run) {
    return run.report().info().map(info -> info.configuration().get("llm.seed"));
  }

  private static List<RunComparison.Collected> collected(List<LoadedRun> runs) {
    return runs.stream().map(ComparedRuns::collected).toList();
  }

  private static RunComparison.Collected collected(LoadedRun run) {
    return new RunComparison.Collected(run.report().statistics(), run.calls());
  }

  private static ComparedRuns of(
      LoadedRun a,
      LoadedRun b,
      RunComparison comparison,
      List<SettingDifference> settings,
      Optional<SharedLoad> load,
      List<String> more) {
    List<String> distrust = new ArrayList<>();
    distrust(a.report(), distrust);
    distrust(b.report(), distrust);
    List<String> notes = new ArrayList<>(more);
    notes.addAll(notes(a, b, comparison));
    return new ComparedRuns(a.report(), b.report(), comparison, settings, load, distrust, notes);
  }

  /** In which settings any of the others differs from the first. */
  private static List<SettingDifference> settings(List<LoadedRun> runs) {
    Optional<RunInfo> first = runs.get(0).report().info();
    return first.isEmpty()
        ? List.of()
        : runs.stream()
            .skip(1)
            .flatMap(run -> run.report().info().stream())
            .flatMap(info -> SettingDifference.between(first.get(), info).stream())
            .distinct()
            .toList();
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
    for (RunReport run : List.of(a.report(), b.report())) {
      if (run.capacity().isPresent()) {
        notes.add(
            name(run)
                + " is a capacity search, and its numbers pool all loads that it tried. "
                + run.conclusion().limitedBy().text());
      }
    }
    return notes;
  }

  private static void only(List<CallKey> keys, RunReport run, List<String> notes) {
    for (CallKey key : keys) {
      notes.add(key.path() + " is in " + run.runs().get(0) + " alone.");
    }
  }

  /** Whether a run went through levels of load, which all of its calls together do not describe. */
  boolean isOfLevels() {
    return Stream.of(first, second).anyMatch(run -> !run.statistics().views().levels().isEmpty());
  }

  /** The name of the first run's folder. */
  public String firstName() {
    return name(first);
  }

  /** The name of the second run's folder. */
  public String secondName() {
    return name(second);
  }

  /** Of a group, the first of its runs and how many more there are. */
  private static String name(RunReport run) {
    int more = run.runs().size() - 1;
    return run.runs().get(0) + (more == 0 ? "" : "+" + more);
  }
}
