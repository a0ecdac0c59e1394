package dev.gatlingllm.cli;

import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.report.latency.LatencyReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes the latency table of a finished run again. */
@Command(
    name = "latency-table",
    description = "Writes latency-table.md, .json and .csv into the folder of a finished run.")
final class LatencyTableCommand implements Callable<Integer> {

  private final PrintStream out;

  @Parameters(paramLabel = "RUN", description = "Folder of the run.")
  private Path run;

  @Mixin private ShowAll percentiles = new ShowAll();

  LatencyTableCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(new RunFiles(run).calls())) {
      throw new IllegalArgumentException(run + " is not the folder of a run: no calls.jsonl");
    }
    LatencyReport.write(run, percentiles.rule(), out);
    return 0;
  }
}
