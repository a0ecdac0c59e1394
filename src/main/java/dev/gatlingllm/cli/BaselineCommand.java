package dev.gatlingllm.cli;

import dev.gatlingllm.report.compare.Baseline;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a baseline from a finished run, or renews one. */
@Command(
    name = "baseline",
    description = {
      "Makes reports/baselines/NAME from a finished run, or renews it.",
      "",
      "It has no prompts, answers or secrets, and may be committed. A run with"
          + " -Dllm.gate.baseline=NAME fails if it is shown to be worse. It can be given to compare"
          + " in place of a run."
    })
final class BaselineCommand implements Callable<Integer> {

  private final PrintStream out;

  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run.")
  private Path run;

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description =
          "Name of the baseline, of letters, digits, dots, dashes and underscores, or the path of"
              + " its folder.")
  private String name;

  @Option(
      names = "--accept-untrusted",
      description = "The run need be neither trusted nor complete.")
  private boolean untrusted;

  BaselineCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    out.println(Baseline.write(run, Baseline.folder(name), untrusted));
    return 0;
  }
}
