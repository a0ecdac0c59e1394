package dev.gatlingllm.cli;

import dev.gatlingllm.simulator.SimulatorMain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Starts the simulated endpoint, which reads the settings itself. */
@Command(
    name = "simulator",
    customSynopsis = "gatling-llm simulator [-hV] [--KEY=VALUE]...",
    description = {
      "Starts the simulated endpoint and prints its address. It runs until it is stopped.",
      "",
      "A setting is --KEY=VALUE, such as --port=8080; one that is unknown is refused with the list of"
          + " those that exist. --truth=FILE writes at the end what happened to each call."
    })
final class SimulatorCommand implements Callable<Integer> {

  @Unmatched private List<String> settings = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    SimulatorMain.main(settings.toArray(String[]::new));
    return 0;
  }
}
