package dev.gatlingllm.tool;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.simulator.SimulatorSettings;
import dev.gatlingllm.simulator.TruthFile;
import dev.gatlingllm.text.Console;
import dev.gatlingllm.timing.NanoClock;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The simulated endpoint as a process of its own. It listens on loopback unless {@code bind} says
 * otherwise, prints one line with its address when it is ready, and runs until it is stopped
 * (SIGTERM). Its settings are those of {@code llm.simulator}: {@code -Dllm.simulator.port=8080}, or
 * {@code --port=8080} for short. It exits with 2 if a setting cannot be used, and says what is
 * accepted; with 1 if it cannot listen. With {@code --truth=FILE} it writes when it stops what
 * truly happened to each call that it still remembers ({@code recordedCalls}), as JSON lines with
 * instants of {@link System#nanoTime}.
 */
public final class SimulatorMain {

  private static final int CANNOT_LISTEN = 1;
  private static final int WRONG_ARGUMENTS = 2;
  private static final Pattern ARGUMENT = Pattern.compile("--([^=]+)=(.*)", Pattern.DOTALL);

  private SimulatorMain() {}

  /** Runs the simulator. */
  public static void main(String[] arguments) throws InterruptedException {
    // Standard output belongs to the one line that a script waits for.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    Optional<SimulatorSettings> settings = settings(Console.err(), arguments);
    if (settings.isEmpty()) {
      System.exit(WRONG_ARGUMENTS);
    }
    Optional<Simulator> simulator = start(Console.err(), settings.get());
    if (simulator.isEmpty()) {
      System.exit(CANNOT_LISTEN);
    }
    Optional<String> truth = settings.get().process().truth();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(simulator.get(), truth)));
    Console.out().println("simulated endpoint ready at " + simulator.get().uri());
    new CountDownLatch(1).await();
  }

  private static void stop(Simulator simulator, Optional<String> truth) {
    simulator.close();
    if (truth.isPresent()) {
      try {
        TruthFile.write(Path.of(truth.get()), simulator.calls());
      } catch (IOException e) {
        Console.err().println("cannot write " + truth.get() + ": " + e.getClass().getSimpleName());
      }
    }
  }

  /** The settings of this process and these arguments; empty after an error was printed. */
  private static Optional<SimulatorSettings> settings(PrintStream errors, String... arguments) {
    try {
      return Optional.of(SimulatorConfig.ofProcess(properties(arguments)));
    } catch (ConfigurationException wrong) {
      errors.println(wrong.getMessage());
      return Optional.empty();
    }
  }

  private static Properties properties(String... arguments) {
    Properties properties = new Properties();
    properties.putAll(System.getProperties());
    for (String argument : arguments) {
      Matcher setting = ARGUMENT.matcher(argument);
      if (!setting.matches()) {
        throw new ConfigurationException(
            "arguments must have the form --key=value, was '" + argument + "'");
      }
      properties.setProperty("llm.simulator." + setting.group(1), setting.group(2));
    }
    return properties;
  }

  private static Optional<Simulator> start(PrintStream errors, SimulatorSettings settings) {
    try {
      return Optional.of(Simulator.start(settings, NanoClock.SYSTEM));
    } catch (IllegalStateException cannotListen) {
      errors.println(cannotListen.getMessage());
      return Optional.empty();
    }
  }
}
