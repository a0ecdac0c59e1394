package dev.gatlingllm.report.compare;

import dev.gatlingllm.decision.Change;
import dev.gatlingllm.decision.ComparisonGate;
import dev.gatlingllm.decision.KeyComparison;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Console;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A comparison of two finished runs, the second with the first, and what its gates say. With a
 * gate, runs that are not trusted or whose settings differ fail, too, unless they are accepted.
 */
public final class Comparison {

  /** The option that sets a gate. */
  public static final String GATE = "--fail-if-worse";

  /** What to know when reading the tables. */
  static final String LEGEND =
      "In brackets: how many independent calls they are worth. Only numbers named with "
          + GATE
          + " are decided; of forty others that did not change, two may look as if they had.";

  /** The option that accepts runs whose settings differ. */
  public static final String ACCEPT_OTHER_SETTINGS = "--accept-other-settings";

  /** The option that accepts runs that are not trusted. */
  public static final String ACCEPT_UNTRUSTED = "--accept-untrusted";

  static final List<TextFormat<Comparison>> WRITERS =
      List.of(
          new ComparisonConsole(),
          new ComparisonMarkdown(),
          new ComparisonJson(),
          new ComparisonHtml());

  private final ComparedRuns runs;
  private final List<ComparisonGate.Result> gates;

  private Comparison(ComparedRuns runs, List<ComparisonGate.Result> gates) {
    this.runs = runs;
    this.gates = List.copyOf(gates);
  }

  /**
   * Reads and compares the folders of two runs.
   *
   * @param gates such as {@code ttft.p50=10%}; without any, every comparison passes and nothing is
   *     decided
   * @throws IllegalArgumentException if a gate cannot be read, a folder is not that of a run, or
   *     both are the same
   */
  public static Comparison of(
      Path first, Path second, List<String> gates, boolean otherSettings, boolean untrusted)
      throws IOException {
    List<ComparisonGate> parsed = gates.stream().map(ComparisonGate::parse).toList();
    return of(ComparedRuns.of(first, second), parsed, otherSettings, untrusted);
  }

  /** As {@link #of}, of two groups of runs: see {@link ComparedRuns#ofGroups}. */
  public static Comparison ofGroups(
      List<Path> first,
      List<Path> second,
      List<String> gates,
      boolean otherSettings,
      boolean untrusted)
      throws IOException {
    List<ComparisonGate> parsed = gates.stream().map(ComparisonGate::parse).toList();
    return of(ComparedRuns.ofGroups(first, second), parsed, otherSettings, untrusted);
  }

  private static Comparison of(
      ComparedRuns runs, List<ComparisonGate> parsed, boolean otherSettings, boolean untrusted) {
    List<ComparisonGate.Result> results = new ArrayList<>();
    if (!parsed.isEmpty() && !runs.settings().isEmpty() && !otherSettings) {
      results.add(
          new ComparisonGate.Result(
              "the same settings",
              false,
              runs.settings().size() + " differ (unless " + ACCEPT_OTHER_SETTINGS + ")"));
    }
    if (!parsed.isEmpty() && !runs.distrust().isEmpty() && !untrusted) {
      results.add(
          new ComparisonGate.Result(
              "trusted runs",
              false,
              runs.distrust().get(0) + " (unless " + ACCEPT_UNTRUSTED + ")"));
    }
    results.addAll(ComparisonGate.judge(parsed, runs.comparison()));
    return new Comparison(runs, results);
  }

  /** Whether every gate is met. */
  public boolean passed() {
    return gates.stream().allMatch(ComparisonGate.Result::passed);
  }

  ComparedRuns runs() {
    return runs;
  }

  /** The gates and whether they are met; none if none was given. */
  List<ComparisonGate.Result> gates() {
    return gates;
  }

  /** What a gate decided of a number; absent if none named it. */
  Optional<Change> decided(KeyComparison key, String number) {
    return gates.stream()
        .flatMap(gate -> gate.decided().stream())
        .filter(any -> any.path().equals(key.key().path()) && any.number().equals(number))
        .map(ComparisonGate.Decided::change)
        .filter(change -> change != Change.TOO_FEW)
        .findFirst();
  }

  /** Every key of the two runs, all calls together first unless there is one key alone. */
  List<Table> tables() {
    List<Table> keys =
        runs.comparison().byKey().stream().map(key -> ComparisonTable.of(key, this)).toList();
    if (keys.size() == 1) {
      return keys;
    }
    List<Table> all = new ArrayList<>();
    all.add(ComparisonTable.of(runs.comparison().overall(), this));
    all.addAll(keys);
    return all;
  }

  /** Each reason not to trust the numbers and each different setting, in a line. */
  List<String> cautions() {
    List<String> cautions = new ArrayList<>();
    runs.distrust().forEach(reason -> cautions.add("Not to be trusted: " + reason));
    runs.settings().forEach(setting -> cautions.add("Different setting: " + setting.text()));
    return cautions;
  }

  /** The folder beside that of a run which has the names of both. */
  public Path folderBeside(Path run) {
    return run.toAbsolutePath()
        .normalize()
        .resolveSibling("compared-" + runs.firstName() + "-" + runs.secondName());
  }

  /** Writes the comparison in every format into a folder, and prints it. */
  public void write(Path folder, PrintStream console) throws IOException {
    PrintStream out = Console.of(console);
    Files.createDirectories(folder);
    for (TextFormat<Comparison> writer : WRITERS) {
      RunFiles.writeAtomically(folder.resolve(writer.fileName()), writer.text(this));
    }
    out.print(new ComparisonConsole().text(this));
    out.println();
    out.println("Comparison: " + folder.resolve("comparison.html").toAbsolutePath().normalize());
  }
}
