package dev.gatlingllm.cli;

import dev.gatlingllm.cost.Prices;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.report.ServerFiles;
import dev.gatlingllm.report.TokenReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the token report of one finished run, or of several as one. */
@Command(
    name = "report",
    description =
        "Writes the token report of a finished run again, or one report of several runs, in every"
            + " format.")
final class ReportCommand implements Callable<Integer> {

  private final PrintStream out;
  private final PrintStream err;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description = "Folders of runs. Several make one report, shifted by their start times.")
  private List<Path> runs = List.of();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description =
          "Where the report goes (default: the folder of a single run, else merged-RUN beside the"
              + " first).")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "Price the calls with this file instead of the one of the run.")
  private Optional<Path> prices = Optional.empty();

  @Option(
      names = "--server-metrics",
      paramLabel = "FILE",
      description =
          "Export of the service's own monitoring, may be repeated (default: those that the run's"
              + " settings name).")
  private List<Path> server = List.of();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Zone of times in these exports that do not name theirs (default: UTC).")
  private String zone = "UTC";

  @Mixin private ShowAll percentiles = new ShowAll();

  ReportCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    ServerFiles files = new ServerFiles(server, ServerFiles.zone("--zone", zone));
    TokenReport.write(
        RunReport.of(runs, percentiles.rule(), prices.map(Prices::read)),
        server.isEmpty() ? Optional.empty() : Optional.of(files),
        folder.orElseGet(this::defaultFolder),
        out,
        err);
    return 0;
  }

  private Path defaultFolder() {
    if (runs.size() == 1) {
      return runs.get(0);
    }
    Path first = runs.get(0).toAbsolutePath().normalize();
    return first.resolveSibling("merged-" + first.getFileName());
  }
}
