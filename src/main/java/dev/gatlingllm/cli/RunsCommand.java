package dev.gatlingllm.cli;

import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.report.runs.RunsReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows several finished runs side by side, none of them merged. */
@Command(
    name = "runs",
    description =
        "Shows finished runs side by side: runs.html with their numbers and their courses over"
            + " time on the same scales, runs.md, and runs.csv with a line for each run.")
final class RunsCommand implements Callable<Integer> {

  private final PrintStream out;

  @Parameters(paramLabel = "RUN", arity = "0..*", description = "Folders of runs.")
  private List<Path> runs = List.of();

  @Option(
      names = "--all",
      paramLabel = "FOLDER",
      description = "Every run of this folder, in the order of their names; may be repeated.")
  private List<Path> parents = List.of();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where the files go (default: side-by-side beside the first run).")
  private Optional<Path> folder = Optional.empty();

  RunsCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    List<Path> all = new ArrayList<>(runs);
    for (Path parent : parents) {
      try (Stream<Path> children = Files.list(parent)) {
        children
            .filter(child -> Files.isRegularFile(new RunFiles(child).calls()))
            .sorted(Comparator.comparing(Path::getFileName))
            .forEach(all::add);
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException("no run is given: name their folders, or --all FOLDER");
    }
    RunsReport.write(all, folder.orElseGet(() -> beside(all.get(0))), out);
    return 0;
  }

  private static Path beside(Path first) {
    return first.toAbsolutePath().normalize().resolveSibling("side-by-side");
  }
}
