package dev.gatlingllm.cli;

import dev.gatlingllm.cost.Prices;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.report.ServerFiles;
import dev.gatlingllm.report.TokenReport;
import dev.gatlingllm.report.job.JobJudge;
import dev.gatlingllm.report.job.JobWait;
import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the token report of one finished run, or of several as one. */
@Command(
    name = "report",
    description = {
      "Writes the token report of a finished run again, or one report of several runs, in every"
          + " format.",
      "",
      "With --job, exits as a run does: with 0 if the job passes, with 2 if it fails. Without, nothing"
          + " is judged: 0 says that the report was written, and the last lines name shares of a load"
          + " that are missing."
    })
final class ReportCommand implements Callable<Integer> {

  /** What a run that has failed exits with. */
  private static final int FAILED = 2;

  private static final Duration ONE_HOUR = Duration.ofHours(1);

  private final PrintStream out;
  private final PrintStream err;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..*",
      description = "Folders of runs. Several make one report, shifted by their start times.")
  private List<Path> runs = List.of();

  @Option(
      names = "--job",
      paramLabel = "FOLDER",
      description =
          "Instead of runs: waits until all shares of a load (llm.load.share) that were recorded"
              + " into this folder have ended, and judges their calls as those of one run, by the"
              + " limits, the baseline and the verdict that their settings name.")
  private Optional<Path> job = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description =
          "With --job: how long to wait at most (default: 1h). If a share is missing then, it is named"
              + " and the job fails.")
  private Optional<Duration> timeout = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description =
          "Where the report goes (default: the folder of a single run or of the job, else merged-RUN"
              + " beside the first).")
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
    if (job.isPresent()) {
      return judge(job.get());
    }
    if (timeout.isPresent()) {
      throw wrong("--timeout is how long --job waits, and there is no --job");
    }
    if (runs.isEmpty()) {
      throw wrong("Missing required parameter: 'RUN': a report takes one run at least, or --job");
    }
    RunReport report = RunReport.of(runs, percentiles.rule(), prices.map(Prices::read));
    write(report, folder.orElseGet(this::defaultFolder));
    tellGaps(report.missingShares());
    return 0;
  }

  /** Nothing is judged here, so the last lines must say what the exit status does not. */
  private void tellGaps(List<String> gaps) {
    if (!gaps.isEmpty()) {
      out.println("[llm] a part of the load is missing: " + String.join(", ", gaps));
      out.println(
          "[llm] the exit status 0 says that the report was written, not that the load is whole:"
              + " report --job FOLDER judges a load in shares");
    }
  }

  private int judge(Path shares) throws IOException {
    if (!runs.isEmpty()) {
      throw wrong("either runs are reported on, or the job of --job");
    }
    JobWait wait =
        new JobWait(shares, timeout.orElse(ONE_HOUR), NanoClock.SYSTEM, JobWait.Pause.SLEEP, out);
    JobJudge judged = JobJudge.of(shares, wait, percentiles.rule(), prices.map(Prices::read));
    write(judged.report(), folder.orElse(shares));
    return judged.tell(out) ? 0 : FAILED;
  }

  private void write(RunReport report, Path to) throws IOException {
    ServerFiles files = new ServerFiles(server, ServerFiles.zone("--zone", zone));
    TokenReport.write(
        report, server.isEmpty() ? Optional.empty() : Optional.of(files), to, out, err);
  }

  private ParameterException wrong(String text) {
    return new ParameterException(spec.commandLine(), text);
  }

  private Path defaultFolder() {
    if (runs.size() == 1) {
      return runs.get(0);
    }
    Path first = runs.get(0).toAbsolutePath().normalize();
    return first.resolveSibling("merged-" + first.getFileName());
  }
}
