package dev.gatlingllm.export;

import dev.gatlingllm.command.Command;
import dev.gatlingllm.command.CommandLine;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.text.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Writes a finished run in the format of another tool, into {@code RUN/export/FORMAT} unless told
 * otherwise.
 *
 * <pre>{@code
 * mvn -q compile exec:java@export -Dexec.args="RUN --format llmeter"
 * mvn -q compile exec:java@export -Dexec.args="RUN --format raw-csv --succeeded-only --out FOLDER"
 * }</pre>
 */
public final class Export {

  static final Map<String, Exporter> FORMATS = new LinkedHashMap<>();

  static {
    FORMATS.put("llmeter", new LlmeterExport());
    FORMATS.put("bedrock-latency", new BedrockLatencyExport());
    FORMATS.put("raw-csv", new RawCsvExport());
    FORMATS.put("openmetrics", new OpenMetricsExport());
  }

  private static final CommandLine.Syntax SYNTAX =
      new CommandLine.Syntax(
          "usage: Export <run folder> --format "
              + String.join("|", FORMATS.keySet())
              + " [--out <folder>] [--succeeded-only] [--show-all]",
          Set.of("--format", "--out"),
          Set.of("--succeeded-only", "--show-all"));

  private Export() {}

  /** Exits with 0, or with 2 after one line that says what is wrong with the input. */
  public static void main(String[] arguments) {
    Command.exit(run(List.of(arguments), Command.out(), Command.err()));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    return Command.run("Export", err, () -> export(SYNTAX.parse(arguments), out));
  }

  private static int export(CommandLine line, PrintStream out) throws IOException {
    if (line.operands().size() != 1) {
      throw SYNTAX.refused("expected one run folder, got " + line.operands().size());
    }
    String format =
        line.value("--format").orElseThrow(() -> SYNTAX.refused("--format is not given"));
    if (!FORMATS.containsKey(format)) {
      throw SYNTAX.refused("there is no format " + format);
    }
    Path runFolder = Path.of(line.operands().get(0));
    PercentileRule rule =
        line.has("--show-all") ? PercentileRule.SHOW_ALL : PercentileRule.WITHHOLD_WHEN_FEW;
    FinishedRun run = FinishedRun.open(runFolder, selected(line), rule);
    Path folder =
        line.value("--out")
            .map(Path::of)
            .orElseGet(() -> runFolder.resolve("export").resolve(format));
    Files.createDirectories(folder);
    PrintStream console = Console.of(out);
    for (Path file : FORMATS.get(format).write(run, folder)) {
      console.println(file);
    }
    return 0;
  }

  /** What never ended, or was never sent, is no request to other tools. */
  private static Predicate<CallRecord> selected(CommandLine line) {
    boolean succeededOnly = line.has("--succeeded-only");
    return call ->
        call.outcome() == Outcome.SUCCEEDED || (!succeededOnly && call.outcome().failed());
  }
}
