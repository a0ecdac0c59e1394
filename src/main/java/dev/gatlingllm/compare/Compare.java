package dev.gatlingllm.compare;

import dev.gatlingllm.command.Command;
import dev.gatlingllm.command.CommandLine;
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
import java.util.Set;

/**
 * Compares two finished runs, the second with the first.
 *
 * <pre>{@code
 * mvn -q compile exec:java@compare -Dexec.args="RUN_A RUN_B"
 * mvn -q compile exec:java@compare -Dexec.args="RUN_A RUN_B --fail-if-worse ttft.p50=10%"
 * }</pre>
 *
 * <p>Exits with 0; with 1 if a gate is not met; with 2 after one line that says what is wrong with
 * the input. With a gate, runs that are not trusted or whose settings differ fail, too, unless told
 * to be accepted.
 */
public final class Compare {

  private static final String GATE = "--fail-if-worse";
  private static final String OTHER_SETTINGS = "--accept-other-settings";
  private static final String UNTRUSTED = "--accept-untrusted";
  private static final int GATE_NOT_MET = 1;

  private static final CommandLine.Syntax SYNTAX =
      new CommandLine.Syntax(
          "usage: Compare <run folder A> <run folder B> [--out <folder>] ["
              + GATE
              + " ttft.p50=10%]... ["
              + OTHER_SETTINGS
              + "] ["
              + UNTRUSTED
              + "]",
          Set.of("--out", GATE),
          Set.of(OTHER_SETTINGS, UNTRUSTED));

  static final List<ComparisonWriter> WRITERS =
      List.of(
          new ComparisonConsole(),
          new ComparisonMarkdown(),
          new ComparisonJson(),
          new ComparisonHtml());

  private Compare() {}

  /** Ends the process with the status of the comparison. */
  public static void main(String[] arguments) {
    Command.exit(run(List.of(arguments), Command.out(), Command.err()));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    return Command.run("Compare", err, () -> compare(SYNTAX.parse(arguments), out));
  }

  private static int compare(CommandLine line, PrintStream console) throws IOException {
    if (line.operands().size() != 2) {
      throw SYNTAX.refused("expected two run folders, got " + line.operands().size());
    }
    PrintStream out = Console.of(console);
    List<Gate> gates = line.values(GATE).stream().map(Gate::parse).toList();
    Path second = Path.of(line.operands().get(1));
    ComparedRuns runs = ComparedRuns.of(Path.of(line.operands().get(0)), second);
    List<Gate.Result> results = judge(runs, gates, line);
    Path folder = line.value("--out").map(Path::of).orElseGet(() -> folder(runs, second));
    Files.createDirectories(folder);
    for (ComparisonWriter writer : WRITERS) {
      RunFiles.writeAtomically(folder.resolve(writer.fileName()), text(writer, runs, results));
    }
    out.print(text(new ComparisonConsole(), runs, results));
    out.println();
    out.println("Comparison: " + folder.resolve("comparison.html").toAbsolutePath().normalize());
    return results.stream().allMatch(Gate.Result::passed) ? 0 : GATE_NOT_MET;
  }

  private static List<Gate.Result> judge(ComparedRuns runs, List<Gate> gates, CommandLine line) {
    List<Gate.Result> results = new ArrayList<>();
    if (gates.isEmpty()) {
      return results;
    }
    if (!runs.settings().isEmpty() && !line.has(OTHER_SETTINGS)) {
      results.add(
          new Gate.Result(
              "the same settings",
              false,
              runs.settings().size() + " differ (unless " + OTHER_SETTINGS + ")"));
    }
    if (!runs.distrust().isEmpty() && !line.has(UNTRUSTED)) {
      results.add(
          new Gate.Result(
              "trusted runs", false, runs.distrust().get(0) + " (unless " + UNTRUSTED + ")"));
    }
    gates.forEach(gate -> results.addAll(gate.judge(runs.comparison())));
    return results;
  }

  private static Path folder(ComparedRuns runs, Path second) {
    return second
        .toAbsolutePath()
        .normalize()
        .resolveSibling("compared-" + runs.firstName() + "-" + runs.secondName());
  }

  private static String text(ComparisonWriter writer, ComparedRuns runs, List<Gate.Result> results)
      throws IOException {
    StringWriter text = new StringWriter();
    writer.write(runs, results, text);
    return text.toString();
  }
}
