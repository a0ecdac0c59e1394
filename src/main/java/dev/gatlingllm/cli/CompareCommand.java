package dev.gatlingllm.cli;

import dev.gatlingllm.report.compare.Baseline;
import dev.gatlingllm.report.compare.Comparison;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares finished runs, each with the first. */
@Command(
    name = "compare",
    description = {
      "Compares two or more finished runs, each with the first or with --baseline:"
          + " comparison.html, .md, .txt, .json.",
      "",
      "With --a and --b, compares two groups of runs: each run is one observation, so the time of"
          + " day is in the interval. Runs with the same seeds in the same order are compared in"
          + " pairs.",
      "",
      "Exits with 1 if a gate is not met for any run, with 2 on bad input, else with 0. With a gate,"
          + " runs that are not trusted or whose settings differ fail, too, unless they are"
          + " accepted."
    })
final class CompareCommand implements Callable<Integer> {

  private static final int GATE_NOT_MET = 1;

  private final PrintStream out;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "RUN",
      description =
          "Folders of runs, or of baselines: the first is what the others are compared with, unless"
              + " --baseline is given.")
  private List<Path> runs = List.of();

  @Option(
      names = "--baseline",
      paramLabel = "RUN",
      description =
          "What every run is compared with: the folder of a run, or the name of a baseline in"
              + " reports/baselines.")
  private Optional<String> baseline = Optional.empty();

  @Option(
      names = "--a",
      arity = "1..*",
      paramLabel = "RUN",
      description = "Folders of a group of runs, two at least.")
  private List<Path> firstGroup = List.of();

  @Option(
      names = "--b",
      arity = "1..*",
      paramLabel = "RUN",
      description = "Folders of the group that is judged.")
  private List<Path> secondGroup = List.of();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description =
          "Where the files go (default: compared-A-B beside the last run, A and B their names).")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = Comparison.GATE,
      paramLabel = "GATE",
      description =
          "The least change to the worse that matters, such as ttft.p50=10%% or failures=1%%; may"
              + " be repeated. Fails if the number is shown to be worse, and not shown to be by"
              + " less than that. Without any, six numbers are decided and none fails.")
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
    Path beside = runs.isEmpty() ? secondGroup.get(0) : runs.get(runs.size() - 1);
    comparison.write(folder.orElseGet(() -> comparison.folderBeside(beside)), out);
    return comparison.passed() ? 0 : GATE_NOT_MET;
  }

  private Comparison comparison() throws IOException {
    if (firstGroup.isEmpty() && secondGroup.isEmpty()) {
      Optional<Path> named = baseline.map(CompareCommand::folder);
      List<Path> all = Stream.concat(named.stream(), others(named)).toList();
      if (all.size() < 2) {
        throw wrong(
            "Missing required parameter: 'RUN': a comparison takes two runs at least, had "
                + all.size());
      }
      return Comparison.of(all.get(0), all.subList(1, all.size()), gates, otherSettings, untrusted);
    }
    if (!runs.isEmpty() || baseline.isPresent()) {
      throw wrong("either runs are compared with the first, or the groups of --a and --b");
    }
    return Comparison.ofGroups(firstGroup, secondGroup, gates, otherSettings, untrusted);
  }

  /** A run that is named as the baseline, too, is not compared with itself. */
  private Stream<Path> others(Optional<Path> named) {
    return runs.stream().filter(run -> named.filter(one -> isSame(one, run)).isEmpty());
  }

  private static boolean isSame(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  /** A folder that is there comes before a baseline of that name. */
  private static Path folder(String name) {
    Path run = Path.of(name);
    return Files.isDirectory(run) ? run : Baseline.folder(name);
  }

  private ParameterException wrong(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}
