package dev.gatlingllm.latency;

import dev.gatlingllm.command.Command;
import dev.gatlingllm.command.CommandLine;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.text.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes {@code latency-table.md}, {@code .json} and {@code .csv} into the folder of a run: when it
 * ends, or again at any time.
 *
 * <pre>{@code
 * mvn -q compile exec:java@latency-table -Dexec.args="reports/runs/<run> [--show-all]"
 * }</pre>
 */
public final class LatencyReport {

  private static final CommandLine.Syntax SYNTAX =
      new CommandLine.Syntax(
          "usage: LatencyReport <run folder> [--show-all]", Set.of(), Set.of("--show-all"));
  private static final String NAME = "latency-table";

  private LatencyReport() {}

  /** Exits with 0, or with 2 after one line that says what is wrong with the input. */
  public static void main(String[] arguments) {
    Command.exit(
        Command.run("LatencyReport", Command.err(), () -> run(List.of(arguments), Command.out())));
  }

  static int run(List<String> arguments, PrintStream out) throws IOException {
    CommandLine line = SYNTAX.parse(arguments);
    if (line.operands().size() != 1) {
      throw SYNTAX.refused("one run folder must be given");
    }
    Path folder = Path.of(line.operands().get(0));
    if (!Files.isRegularFile(new RunFiles(folder).calls())) {
      throw SYNTAX.refused(folder + " is not the folder of a run: no calls.jsonl");
    }
    boolean all = line.options().containsKey("--show-all");
    write(folder, all ? PercentileRule.SHOW_ALL : PercentileRule.WITHHOLD_WHEN_FEW, out);
    return 0;
  }

  /**
   * Writes the three files of a run, unless it has more calls than a table can hold.
   *
   * @param rule whether percentiles of few values are told
   * @throws RecordFormatException naming the file and line that is wrong
   */
  public static void write(Path runFolder, PercentileRule rule, PrintStream out)
      throws IOException {
    PrintStream console = Console.of(out);
    Optional<LatencyTable> table = LatencyTable.read(runFolder, rule);
    if (table.isEmpty()) {
      console.println(
          "[llm] no " + NAME + ".md: the run has more than " + LatencyTable.MOST_CALLS + " calls");
      return;
    }
    if (table.get().rows().isEmpty()) {
      return;
    }
    write(runFolder.resolve(NAME + ".md"), LatencyMarkdown.of(table.get()));
    write(runFolder.resolve(NAME + ".json"), LatencyJson.of(table.get()));
    write(runFolder.resolve(NAME + ".csv"), LatencyCsv.of(table.get()));
    console.println(
        "Latency table: " + runFolder.resolve(NAME + ".md").toAbsolutePath().normalize());
  }

  private static void write(Path file, String text) throws IOException {
    RunFiles.writeAtomically(file, text);
  }
}
