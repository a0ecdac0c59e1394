package dev.gatlingllm.command;

import dev.gatlingllm.log.Output;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.secret.ScrubbedStream;
import dev.gatlingllm.text.Console;
import java.io.IOException;
import java.io.PrintStream;

/** Runs a command and turns what goes wrong into one line and exit status 2. */
public final class Command {

  /** The status of bad input. */
  public static final int BAD_INPUT = 2;

  /** What a command does. */
  @FunctionalInterface
  public interface Body {
    /** Returns the exit status. */
    int run() throws IOException;
  }

  private Command() {}

  /** The standard output without the secrets that this process knows. */
  public static PrintStream out() {
    Output.scrubLog();
    return Console.of(ScrubbedStream.console(System.out));
  }

  /** The standard error without the secrets that this process knows. */
  public static PrintStream err() {
    return Console.of(ScrubbedStream.console(System.err));
  }

  /** The status of the body, or 2 after a line on {@code err} that says what is wrong. */
  public static int run(String name, PrintStream errors, Body body) {
    PrintStream err = Console.of(errors);
    try {
      return body.run();
    } catch (IllegalArgumentException | RecordFormatException e) {
      err.println(name + ": " + e.getMessage());
    } catch (IOException e) {
      err.println(name + ": " + e.getClass().getSimpleName() + ": " + e.getMessage());
    }
    return BAD_INPUT;
  }

  /** Ends the process unless all is well: a Maven that runs the command in its own JVM goes on. */
  public static void exit(int status) {
    if (status != 0) {
      System.exit(status);
    }
  }
}
