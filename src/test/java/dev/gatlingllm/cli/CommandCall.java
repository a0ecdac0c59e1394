package dev.gatlingllm.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Calls a command as its users do. */
public final class CommandCall {

  private CommandCall() {}

  /** The exit status. */
  public static int run(String command, List<String> arguments, PrintStream out, PrintStream err) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(arguments);
    return Commands.run(words, InputStream.nullInputStream(), out, err);
  }
}
