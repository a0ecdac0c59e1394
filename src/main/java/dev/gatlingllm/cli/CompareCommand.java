package dev.gatlingllm.cli;

import dev.gatlingllm.report.compare.Comparison;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two finished runs, the second with the first. */
@Command(
    name = "compare",
    description = {
      "Compares two finished runs, the second with the first: comparison.html, .md, .txt, .json.",
      "",
      "With --a and --b, compares two groups of runs: each run is one observation, so the time of"
          + " day is in the interval. Runs with the same seeds in the same order are compared in"
          + " pairs.",
      "",
      "Exits with 1 if a gate is not met. With a gate, runs that are not trusted or whose settings"
          + " differ fail, too, unless they are accepted."
    })
final class CompareCommand implements Callable<Integer> {

  private static final int GATE_NOT_MET = 1;

  private final PrintStream out;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN_A",
      description = "Folder of the first run, or of a baseline.")
  private Optional<Path> first = Optional.empty();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "RUN_B",
      description = "Folder of the run that is judged.")
  private Optional<Path> second = Optional.empty();

  @Option(
      names = "--a",
      arity = "1..*",
      paramLabel = "RUN",
      description = "Instead of RUN_A: folders of a group of runs, two at least.")
  private List<Path> firstGroup = List.of();

  @Option(
      names = "--b",
      arity = "1..*",
      paramLabel = "RUN",
      description = "Instead of RUN_B: folders of the group that is judged.")
  private List<Path> secondGroup = List.of();

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
    Comparison comparison = comparison();
    Path last = second.orElseGet(() -> secondGroup.get(0));
    comparison.write(folder.orElseGet(() -> comparison.folderBeside(last)), out);
    return comparison.passed() ? 0 : GATE_NOT_MET;
  }

  private Comparison comparison() throws IOException {
    if (firstGroup.isEmpty() && secondGroup.isEmpty()) {
      Path a = first.orElseThrow(() -> wrong("Missing required parameters: 'RUN_A', 'RUN_B'"));
      Path b = second.orElseThrow(() -> wrong("Missing required parameter: 'RUN_B'"));
      return Comparison.of(a, b, gates, otherSettings, untrusted);
    }
    if (first.isPresent()) {
      throw wrong("either RUN_A and RUN_B are compared, or the groups of --a and --b");
    }
    return Comparison.ofGroups(firstGroup, secondGroup, gates, otherSettings, untrusted);
  }

  private ParameterException wrong(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}
