package dev.gatlingllm.config;

import dev.gatlingllm.secret.Redaction;
import dev.gatlingllm.text.Console;
import java.util.function.Supplier;

/**
 * Ends the process with one clear line when a setting cannot be used. Gatling would print the same
 * exception twice, each time under a page of its own stack frames.
 */
public final class Startup {

  /**
   * System property: Gatling's arguments, where the command line of the process does not have them.
   */
  public static final String ARGUMENTS = "gatling-llm.arguments";

  private static final String GATLING_MAIN = "io.gatling.app.Gatling";

  private Startup() {}

  /**
   * What {@code step} gives. If it cannot use a setting and this is a process of Gatling's, says so
   * on the error stream and exits with 1: nothing has been sent yet.
   *
   * @throws ConfigurationException if a setting cannot be used and this is another process, such as
   *     a test
   */
  public static <T> T orExit(Supplier<T> step) {
    try {
      return step.get();
    } catch (ConfigurationException e) {
      if (!isRun()) {
        throw e;
      }
      Console.err().println("[llm] " + Redaction.text(e.getMessage()));
      System.exit(1);
      throw e;
    }
  }

  /** Whether this is a process of Gatling's, and not a test or a tool. */
  static boolean isRun() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(GATLING_MAIN)));
  }
}
