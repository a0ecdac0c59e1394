package dev.gatlingllm.simulator;

import dev.gatlingllm.text.Console;
import dev.gatlingllm.timing.NanoClock;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The simulated endpoint as a process of its own. Listens on loopback unless {@code --bind=} says
 * otherwise, prints one line with its address when it is ready and runs until it is told to stop
 * (SIGTERM). Arguments are {@code --key=value}, such as {@code --port=8080 --capacity=20}; with
 * wrong ones it says what is accepted and exits with 2, and with 1 if it cannot listen. With {@code
 * --truth=FILE} it writes when it stops what truly happened to each call that it still remembers
 * ({@code --recorded-calls}), as JSON lines with instants of {@link System#nanoTime}.
 */
public final class SimulatorMain {

  private static final int CANNOT_LISTEN = 1;
  private static final int WRONG_ARGUMENTS = 2;
  private static final String TRUTH = "--truth=";

  private SimulatorMain() {}

  /** Runs the simulator. */
  public static void main(String[] arguments) throws InterruptedException {
    // Standard output belongs to the one line that a script waits for.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    Optional<Path> truth =
        Arrays.stream(arguments)
            .filter(argument -> argument.startsWith(TRUTH))
            .map(argument -> Path.of(argument.substring(TRUTH.length())))
            .findFirst();
    String[] others =
        Arrays.stream(arguments)
            .filter(argument -> !argument.startsWith(TRUTH))
            .toArray(String[]::new);
    Optional<SimulatorSettings> settings = settings(Console.err(), others);
    if (settings.isEmpty()) {
      System.exit(WRONG_ARGUMENTS);
    }
    Optional<Simulator> simulator = start(Console.err(), settings.get());
    if (simulator.isEmpty()) {
      System.exit(CANNOT_LISTEN);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(simulator.get(), truth)));
    Console.out().println("simulated endpoint ready at " + simulator.get().uri());
    new CountDownLatch(1).await();
  }

  private static void stop(Simulator simulator, Optional<Path> truth) {
    simulator.close();
    if (truth.isPresent()) {
      try {
        TruthFile.write(truth.get(), simulator.calls());
      } catch (IOException e) {
        Console.err().println("cannot write " + truth.get() + ": " + e.getClass().getSimpleName());
      }
    }
  }

  /** The settings of these arguments; empty after an error was printed. */
  static Optional<SimulatorSettings> settings(PrintStream errors, String... arguments) {
    try {
      return Optional.of(SimulatorArguments.parse(arguments));
    } catch (IllegalArgumentException wrong) {
      errors.println(wrong.getMessage());
      return Optional.empty();
    }
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
