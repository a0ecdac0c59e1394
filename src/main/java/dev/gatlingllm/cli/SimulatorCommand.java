package dev.gatlingllm.cli;

import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.simulator.SimulatorSettings;
import dev.gatlingllm.simulator.TruthFile;
import dev.gatlingllm.timing.NanoClock;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * Starts the simulated endpoint, with the settings of {@code llm.simulator}: {@code
 * -Dllm.simulator.port=8080}, or {@code --port=8080} for short.
 */
@Command(
    name = "simulator",
    customSynopsis = "gatling-llm simulator [-hV] [--KEY=VALUE]...",
    description = {
      "Starts the simulated endpoint and prints its address. It runs until it is stopped (SIGTERM).",
      "",
      "It listens on loopback unless --bind says otherwise. KEY is a setting of llm.simulator in"
          + " reference.conf, such as --port=8080 or --ttft=300ms. With --truth=FILE it writes at"
          + " the end what truly happened to each call that it still remembers (--recordedCalls),"
          + " as JSON lines with instants of the JVM's monotonic clock.",
      "",
      "Exits with 1 if it cannot listen."
    })
final class SimulatorCommand implements Callable<Integer> {

  private static final int CANNOT_LISTEN = 1;
  private static final Pattern ARGUMENT = Pattern.compile("--([^=]+)=(.*)", Pattern.DOTALL);

  private final PrintStream out;
  private final PrintStream err;

  @Unmatched private List<String> arguments = new ArrayList<>();

  SimulatorCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws InterruptedException {
    // Standard output belongs to the one line that a script waits for.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    SimulatorSettings settings = SimulatorConfig.ofProcess(properties());
    Simulator simulator;
    try {
      simulator = Simulator.start(settings, NanoClock.SYSTEM);
    } catch (IllegalStateException cannotListen) {
      err.println("simulator: " + cannotListen.getMessage());
      return CANNOT_LISTEN;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(simulator, settings)));
    out.println("simulated endpoint ready at " + simulator.uri());
    new CountDownLatch(1).await();
    return 0;
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.putAll(System.getProperties());
    for (String argument : arguments) {
      Matcher setting = ARGUMENT.matcher(argument);
      if (!setting.matches()) {
        throw new IllegalArgumentException(
            "arguments must have the form --key=value, was '" + argument + "'");
      }
      properties.setProperty("llm.simulator." + setting.group(1), setting.group(2));
    }
    return properties;
  }

  private void stop(Simulator simulator, SimulatorSettings settings) {
    simulator.close();
    settings.process().truth().map(Path::of).ifPresent(file -> write(simulator, file));
  }

  private void write(Simulator simulator, Path file) {
    try {
      TruthFile.write(file, simulator.calls());
    } catch (IOException e) {
      err.println("simulator: cannot write " + file + ": " + e.getClass().getSimpleName());
    }
  }
}
