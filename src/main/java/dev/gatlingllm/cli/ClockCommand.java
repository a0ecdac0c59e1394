package dev.gatlingllm.cli;

import dev.gatlingllm.together.TimeServer;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells other machines the time of this one, for {@code llm.load.timeServer}. */
@Command(
    name = "clock",
    description = {
      "Tells other machines the time of this one: answers NTP (SNTP over UDP). It runs until it is"
          + " stopped (SIGTERM).",
      "",
      "Machines that make shares of one load name it in llm.load.timeServer, so that they begin"
          + " together whatever their own clocks say.",
      "",
      "Exits with 1 if it cannot listen."
    })
final class ClockCommand implements Callable<Integer> {

  private static final int CANNOT_LISTEN = 1;

  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "1123",
      description = "of UDP, 0 for any; default: ${DEFAULT-VALUE}")
  private int port;

  ClockCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port >= 1 << 16) {
      throw new IllegalArgumentException("--port must be from 0 to 65535, was " + port);
    }
    try (TimeServer server = TimeServer.start(port)) {
      out.println("clock ready at UDP port " + server.port());
      server.await();
      return 0;
    } catch (IOException e) {
      err.println("clock: UDP port " + port + ": " + e.getMessage());
      return CANNOT_LISTEN;
    }
  }
}
