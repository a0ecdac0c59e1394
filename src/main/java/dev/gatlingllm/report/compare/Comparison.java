package dev.gatlingllm.report.compare;

import dev.gatlingllm.decision.ComparisonGate;
import dev.gatlingllm.decision.ComparisonGate.Result;
import dev.gatlingllm.decision.RunComparison;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.report.PageLink;
import dev.gatlingllm.report.RunReport;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A comparison of finished runs, each with the first, and what its gates say. With a gate, runs
 * that are not trusted or whose settings differ fail, too, unless they are accepted. Without one,
 * the numbers of {@link #HEADLINE} are decided, and nothing fails.
 */
public final class Comparison {

  /** The option that sets a gate. */
  public static final String GATE = "--fail-if-worse";

  /** More lines in a chart could not be told apart. */
  public static final int MOST_RUNS = 8;

  /** What to know when reading the tables. */
  static final String LEGEND =
      "In brackets beside n: how many independent calls they are worth. Numbers named with "
          + GATE
          + " are decided, or without any the ones at the top, at 5 % risk for all of them"
          + " together; of forty others that did not change, two may look as if they had.";

  /** The option that accepts runs whose settings differ. */
  public static final String ACCEPT_OTHER_SETTINGS = "--accept-other-settings";

  /** The option that accepts runs that are not trusted. */
  public static final String ACCEPT_UNTRUSTED = "--accept-untrusted";

  /** What is decided where no gate is given; they were named before any run was looked at. */
  static final List<ComparisonGate> HEADLINE =
      Stream.of(
              "ttft.p50=10%",
              "ttft.p95=10%",
              "tokensPerSecond.p50=10%",
              "e2e.p50=10%",
              "e2e.p95=10%",
              "failures=1%")
          .map(ComparisonGate::parse)
          .toList();

  static final List<TextFormat<Comparison>> WRITERS =
      List.of(
          new ComparisonConsole(),
          new ComparisonMarkdown(),
          new ComparisonJson(),
          new ComparisonHtml());

  private static final int LONGEST_NAME = 200;

  private final List<Candidate> candidates;
  private final boolean gated;
  private final List<Path> folders;
  private final Optional<Path> place;

  private Comparison(
      List<Candidate> candidates, boolean gated, List<Path> folders, Optional<Path> place) {
    this.candidates = List.copyOf(candidates);
    this.gated = gated;
    this.folders = List.copyOf(folders);
    this.place = place;
  }

  /**
   * Reads and compares the folders of runs, each with the first.
   *
   * @param others one to seven runs
   * @param gates such as {@code ttft.p50=10%}; without any, every comparison passes
   * @throws IllegalArgumentException if a gate cannot be read, a folder is not that of a run, or a
   *     run is given twice
   */
  public static Comparison of(
      Path first, List<Path> others, List<String> gates, boolean otherSettings, boolean untrusted)
      throws IOException {
    requireSome(1 + others.size());
    List<ComparisonGate> parsed = gates.stream().map(ComparisonGate::parse).toList();
    List<Path> folders = Stream.concat(Stream.of(first), others.stream()).toList();
    return of(ComparedRuns.each(first, others), parsed, otherSettings, untrusted, folders);
  }

  private static void requireSome(int runs) {
    if (runs < 2 || runs > MOST_RUNS) {
      throw new IllegalArgumentException(
          "a comparison takes 2 to "
              + MOST_RUNS
              + " runs, had "
              + runs
              + (runs > MOST_RUNS ? "; exec:java@runs shows any number side by side" : ""));
    }
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
    ComparedRuns groups = ComparedRuns.ofGroups(first, second);
    return of(List.of(groups), parsed, otherSettings, untrusted, List.of());
  }

  private static Comparison of(
      List<ComparedRuns> compared,
      List<ComparisonGate> gates,
      boolean otherSettings,
      boolean untrusted,
      List<Path> folders) {
    boolean gated = !gates.isEmpty();
    List<RunComparison> decided =
        compared.stream()
            .map(runs -> gated || runs.isOfLevels() ? runs.comparison() : ofAllCalls(runs))
            .toList();
    List<List<Result>> judged = ComparisonGate.judgeEach(gated ? gates : HEADLINE, decided);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < compared.size(); i++) {
      ComparedRuns runs = compared.get(i);
      candidates.add(
          new Candidate(
              Candidate.letter(i + 1),
              runs,
              gated ? checks(runs, otherSettings, untrusted) : List.of(),
              judged.get(i)));
    }
    return new Comparison(candidates, gated, folders, Optional.empty());
  }

  private static RunComparison ofAllCalls(ComparedRuns runs) {
    return runs.comparison().ofFirstKey();
  }

  private static List<Result> checks(ComparedRuns runs, boolean otherSettings, boolean untrusted) {
    List<Result> checks = new ArrayList<>();
    if (!runs.settings().isEmpty() && !otherSettings) {
      checks.add(
          new Result(
              "the same settings",
              false,
              runs.settings().size() + " differ (unless " + ACCEPT_OTHER_SETTINGS + ")"));
    }
    if (!runs.distrust().isEmpty() && !untrusted) {
      checks.add(
          new Result(
              "trusted runs",
              false,
              runs.distrust().get(0) + " (unless " + ACCEPT_UNTRUSTED + ")"));
    }
    return checks;
  }

  /** Whether every gate is met. */
  public boolean passed() {
    return gates().stream().allMatch(Result::passed);
  }

  /** The runs that are compared with the first, in order. */
  List<Candidate> candidates() {
    return candidates;
  }

  /** The first run. */
  RunReport first() {
    return candidates.get(0).runs().first();
  }

  /** Whether more than two runs are compared. */
  boolean isOfMany() {
    return candidates.size() > 1;
  }

  /** Whether a place is that of one run, whose course over time can be laid over others'. */
  boolean isInTime(int place) {
    return place < folders.size();
  }

  /** All runs, the first one first. */
  List<RunRow> runs() {
    List<RunRow> rows = new ArrayList<>();
    rows.add(RunRow.of(Candidate.FIRST, candidates.get(0).runs().firstName(), first()));
    for (Candidate candidate : candidates) {
      rows.add(
          RunRow.of(candidate.letter(), candidate.runs().secondName(), candidate.runs().second()));
    }
    return rows;
  }

  /** Where a page here finds the report of a run, by its place; absent if there is none. */
  Optional<String> linkOf(int run) {
    return place.isEmpty() || run >= folders.size()
        ? Optional.empty()
        : PageLink.toReport(place.get(), folders.get(run));
  }

  /** The gates and whether they are met; none if none was given. */
  List<Result> gates() {
    return gated
        ? candidates.stream().flatMap(candidate -> gates(candidate).stream()).toList()
        : List.of();
  }

  /** Of many runs, each with the run that it is about. */
  List<Result> gates(Candidate candidate) {
    String of = isOfMany() ? candidate.letter() + ": " : "";
    return gated
        ? Stream.concat(candidate.checks().stream(), candidate.judged().stream())
            .map(one -> new Result(of + one.text(), one.passed(), one.actual(), one.decided()))
            .toList()
        : List.of();
  }

  /** The title of a table of a run; of many runs, with the one that it is about. */
  String title(Candidate candidate, Table table) {
    return isOfMany()
        ? candidate.letter() + " against " + Candidate.FIRST + ": " + table.title()
        : table.title();
  }

  /** Each reason not to trust the numbers and each different setting, in a line. */
  List<String> cautions() {
    List<String> cautions = new ArrayList<>();
    distrust().forEach(reason -> cautions.add("Not to be trusted: " + reason));
    for (Candidate candidate : candidates) {
      String of = isOfMany() ? "Different setting of " + candidate.letter() : "Different setting";
      candidate.runs().settings().forEach(setting -> cautions.add(of + ": " + setting.text()));
    }
    return cautions;
  }

  /** Why the numbers of a run are not to be believed. */
  List<String> distrust() {
    return candidates.stream().flatMap(one -> one.runs().distrust().stream()).distinct().toList();
  }

  /** Which runs are not to be trusted, in a sentence without reasons; empty if all are. */
  String doubt() {
    List<String> doubtful =
        runs().stream()
            .filter(run -> !run.doubt().isEmpty())
            .map(run -> run.letter() + " (" + run.doubt() + ")")
            .toList();
    return doubtful.isEmpty() ? "" : "Not to be trusted: " + String.join(", ", doubtful) + ".";
  }

  /** What else to know; of many runs, each with the run that it is about. */
  List<String> notes() {
    return candidates.stream()
        .flatMap(
            candidate ->
                candidate.runs().notes().stream()
                    .map(note -> isOfMany() ? candidate.letter() + ": " + note : note))
        .toList();
  }

  /** The folder beside that of a run which has the names of all. */
  public Path folderBeside(Path run) {
    List<String> names = runs().stream().map(RunRow::name).toList();
    String all = "compared-" + String.join("-", names);
    String some =
        names.stream().limit(2).collect(Collectors.joining("-", "compared-", ""))
            + "+"
            + (names.size() - 2);
    return run.toAbsolutePath()
        .normalize()
        .resolveSibling(all.length() <= LONGEST_NAME || names.size() == 2 ? all : some);
  }

  /** Writes the comparison in every format into a folder, and prints it. */
  public void write(Path folder, PrintStream console) throws IOException {
    PrintStream out = Console.of(console);
    Files.createDirectories(folder);
    Comparison placed = new Comparison(candidates, gated, folders, Optional.of(folder));
    for (TextFormat<Comparison> writer : WRITERS) {
      RunFiles.writeAtomically(folder.resolve(writer.fileName()), writer.text(placed));
    }
    out.print(new ComparisonConsole().text(this));
    out.println();
    out.println("Comparison: " + folder.resolve("comparison.html").toAbsolutePath().normalize());
  }
}
