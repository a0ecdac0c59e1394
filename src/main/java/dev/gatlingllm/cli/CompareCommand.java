package dev.gatlingllm.cli;

import dev.gatlingllm.report.compare.Comparison;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two finished runs, the second with the first. */
@Command(
    name = "compare",
    description = {
      "Compares two finished runs, the second with the first: comparison.html, .md, .txt, .json.",
      "",
      "Exits with 1 if a gate is not met. With a gate, runs that are not trusted or whose settings"
          + " differ fail, too, unless they are accepted."
    })
final class CompareCommand implements Callable<Integer> {

  private static final int GATE_NOT_MET = 1;

  private final PrintStream out;

  @Parameters(index = "0", paramLabel = "RUN_A", description = "Folder of the first run.")
  private Path first;

  @Parameters(index = "1", paramLabel = "RUN_B", description = "Folder of the run that is judged.")
  private Path second;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where the files go (default: compared-RUN_A-RUN_B beside the second run).")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = Comparison.GATE,
      paramLabel = "GATE",
      description =
          "The least change to the worse that matters, such as ttft.p50=10%% or failures=1%%; may"
              + " be repeated. Fails if the number is shown to be worse, and not shown to be by less"
              + " than that. Numbers without a gate are not decided.")
  private List<String> gates = List.of();

  @Option(
      names = Comparison.ACCEPT_OTHER_SETTINGS,
      description = "With a gate: the settings of the runs may differ.")
  private boolean otherSettings;

  @Option(
      names = Comparison.ACCEPT_UNTRUSTED,
      description = "With a gate: the runs need not be trusted.")
  private boolean untrusted;

  CompareCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    Comparison comparison = Comparison.of(first, second, gates, otherSettings, untrusted);
    comparison.write(folder.orElseGet(() -> comparison.folderBeside(second)), out);
    return comparison.passed() ? 0 : GATE_NOT_MET;
  }
}
