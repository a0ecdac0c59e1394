package dev.gatlingllm.simulator;

import dev.gatlingllm.timing.NanoClock;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The simulated endpoint as a process of its own. Listens on loopback unless {@code --bind=} says
 * otherwise, prints one line with its address when it is ready and runs until it is told to stop
 * (SIGTERM). Arguments are {@code --key=value}, such as {@code --port=8080 --capacity=20}; with
 * wrong ones it says what is accepted and exits with 2, and with 1 if it cannot listen.
 */
public final class SimulatorMain {

  private static final int CANNOT_LISTEN = 1;
  private static final int WRONG_ARGUMENTS = 2;

  private SimulatorMain() {}

  /** Runs the simulator. */
  public static void main(String[] arguments) throws InterruptedException {
    // Standard output belongs to the one line that a script waits for.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    Optional<SimulatorSettings> settings = settings(System.err, arguments);
    if (settings.isEmpty()) {
      System.exit(WRONG_ARGUMENTS);
    }
    Optional<Simulator> simulator = start(System.err, settings.get());
    if (simulator.isEmpty()) {
      System.exit(CANNOT_LISTEN);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(simulator.get()::close));
    System.out.println("simulated endpoint ready at " + simulator.get().uri());
    new CountDownLatch(1).await();
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
