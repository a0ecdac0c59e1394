package dev.gatlingllm.report;

import dev.gatlingllm.command.Command;
import dev.gatlingllm.command.CommandLine;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.text.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Shows several finished runs side by side, none of them merged: {@code runs.html} with their
 * numbers and their courses over time on the same scales, {@code runs.md}, and {@code runs.csv}
 * with a line for each run.
 *
 * <pre>{@code
 * mvn -q compile exec:java@runs -Dexec.args="RUN RUN RUN --out FOLDER"
 * mvn -q compile exec:java@runs -Dexec.args="--all reports/runs"
 * }</pre>
 */
public final class SideBySide {

  private static final CommandLine.Syntax SYNTAX =
      new CommandLine.Syntax(
          "usage: SideBySide <run folder>... [--all <folder of run folders>] [--out <folder>]",
          Set.of("--out", "--all"),
          Set.of());

  static final List<RunsWriter> WRITERS =
      List.of(new RunsHtml(), new RunsMarkdown(), new RunsCsv());

  private SideBySide() {}

  /** Exits with 0, or with 2 after one line that says what is wrong with the input. */
  public static void main(String[] arguments) {
    Command.exit(run(List.of(arguments), Command.out(), Command.err()));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    return Command.run("SideBySide", err, () -> show(SYNTAX.parse(arguments), out));
  }

  private static int show(CommandLine line, PrintStream out) throws IOException {
    List<Path> folders = folders(line);
    if (folders.isEmpty()) {
      throw SYNTAX.refused("no run folder is given");
    }
    List<RunReport> runs = new ArrayList<>();
    for (Path folder : folders) {
      runs.add(RunReport.of(List.of(folder)));
    }
    Path target = line.value("--out").map(Path::of).orElseGet(() -> beside(folders.get(0)));
    Files.createDirectories(target);
    for (RunsWriter writer : WRITERS) {
      StringWriter text = new StringWriter();
      writer.write(runs, text);
      RunFiles.writeAtomically(target.resolve(writer.fileName()), text.toString());
    }
    Console.of(out)
        .println(
            runs.size() + " runs: " + target.resolve("runs.html").toAbsolutePath().normalize());
    return 0;
  }

  private static List<Path> folders(CommandLine line) throws IOException {
    List<Path> folders = new ArrayList<>(line.operands().stream().map(Path::of).toList());
    for (String parent : line.values("--all")) {
      try (Stream<Path> children = Files.list(Path.of(parent))) {
        children
            .filter(child -> Files.isRegularFile(new RunFiles(child).calls()))
            .sorted(Comparator.comparing(Path::getFileName))
            .forEach(folders::add);
      }
    }
    return folders;
  }

  private static Path beside(Path first) {
    return first.toAbsolutePath().normalize().resolveSibling("side-by-side");
  }
}
