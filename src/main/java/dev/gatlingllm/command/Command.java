package dev.gatlingllm.command;

import dev.gatlingllm.record.RecordFormatException;
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
