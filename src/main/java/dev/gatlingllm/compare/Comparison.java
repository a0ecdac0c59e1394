package dev.gatlingllm.compare;

import dev.gatlingllm.decision.Gate;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.text.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A comparison of two finished runs, the second with the first, and what its gates say. With a
 * gate, runs that are not trusted or whose settings differ fail, too, unless they are accepted.
 */
public final class Comparison {

  /** The option that sets a gate. */
  public static final String GATE = "--fail-if-worse";

  /** The option that accepts runs whose settings differ. */
  public static final String ACCEPT_OTHER_SETTINGS = "--accept-other-settings";

  /** The option that accepts runs that are not trusted. */
  public static final String ACCEPT_UNTRUSTED = "--accept-untrusted";

  static final List<ComparisonWriter> WRITERS =
      List.of(
          new ComparisonConsole(),
          new ComparisonMarkdown(),
          new ComparisonJson(),
          new ComparisonHtml());

  private final ComparedRuns runs;
  private final List<Gate.Result> results;

  private Comparison(ComparedRuns runs, List<Gate.Result> results) {
    this.runs = runs;
    this.results = List.copyOf(results);
  }

  /**
   * Reads and compares the folders of two runs.
   *
   * @param gates such as {@code ttft.p50=10%}; without any, every comparison passes
   * @throws IllegalArgumentException if a gate cannot be read, a folder is not that of a run, or
   *     both are the same
   */
  public static Comparison of(
      Path first, Path second, List<String> gates, boolean otherSettings, boolean untrusted)
      throws IOException {
    List<Gate> parsed = gates.stream().map(Gate::parse).toList();
    ComparedRuns runs = ComparedRuns.of(first, second);
    List<Gate.Result> results = new ArrayList<>();
    if (!parsed.isEmpty() && !runs.settings().isEmpty() && !otherSettings) {
      results.add(
          new Gate.Result(
              "the same settings",
              false,
              runs.settings().size() + " differ (unless " + ACCEPT_OTHER_SETTINGS + ")"));
    }
    if (!parsed.isEmpty() && !runs.distrust().isEmpty() && !untrusted) {
      results.add(
          new Gate.Result(
              "trusted runs",
              false,
              runs.distrust().get(0) + " (unless " + ACCEPT_UNTRUSTED + ")"));
    }
    parsed.forEach(gate -> results.addAll(gate.judge(runs.comparison())));
    return new Comparison(runs, results);
  }

  /** Whether every gate is met. */
  public boolean passed() {
    return results.stream().allMatch(Gate.Result::passed);
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
    for (ComparisonWriter writer : WRITERS) {
      RunFiles.writeAtomically(folder.resolve(writer.fileName()), text(writer));
    }
    out.print(text(new ComparisonConsole()));
    out.println();
    out.println("Comparison: " + folder.resolve("comparison.html").toAbsolutePath().normalize());
  }

  private String text(ComparisonWriter writer) throws IOException {
    StringWriter text = new StringWriter();
    writer.write(runs, results, text);
    return text.toString();
  }
}
