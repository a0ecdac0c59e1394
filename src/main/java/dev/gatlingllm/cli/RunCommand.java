package dev.gatlingllm.cli;

import dev.gatlingllm.config.Startup;
import io.gatling.app.Gatling;
import io.gatling.javaapi.core.Simulation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs a simulation in this process, which ends with it: the exit status is that of the run. What
 * Maven's plugin does otherwise, where there is no Maven.
 */
@Command(
    name = "run",
    description = {
      "Runs a simulation that is on the class path, without Maven.",
      "",
      "Exits with 0 if every limit was met, 2 if not, and 1 if the settings are wrong."
    })
final class RunCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      paramLabel = "SIMULATION",
      description = "Its class, such as rpm.ShapeProfileSimulation.")
  private String simulation;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      mapFallbackValue = "",
      description = "A setting, such as -Dllm.load.rpm=30, or a system property.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--gatling-results",
      paramLabel = "FOLDER",
      defaultValue = "${sys:gatling-llm.results:-target/gatling}",
      description =
          "Where Gatling writes; its report is copied into the folder of the run (default: that of"
              + " the system property gatling-llm.results, else target/gatling).")
  private String results;

  @Option(names = "--no-gatling-report", description = "Gatling makes no report of its own.")
  private boolean noReport;

  @Override
  public Integer call() {
    settings.forEach(System::setProperty);
    requireSimulation();
    List<String> arguments = new ArrayList<>(List.of("-s", simulation, "-rf", results));
    if (noReport) {
      arguments.add("-nr");
    }
    System.setProperty(Startup.ARGUMENTS, String.join(" ", arguments));
    Gatling.main(arguments.toArray(String[]::new));
    throw new IllegalStateException("Gatling has not ended the process");
  }

  private void requireSimulation() {
    try {
      Class<?> found = Class.forName(simulation, false, RunCommand.class.getClassLoader());
      if (Simulation.class.isAssignableFrom(found)) {
        return;
      }
    } catch (ClassNotFoundException | LinkageError ignored) {
      // said below
    }
    throw new IllegalArgumentException(
        "SIMULATION must be the full name of a simulation on the class path, such as"
            + " rpm.ShapeProfileSimulation, was '"
            + simulation
            + "'");
  }
}
