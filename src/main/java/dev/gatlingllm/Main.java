package dev.gatlingllm;

import dev.gatlingllm.cli.Commands;
import dev.gatlingllm.log.Output;
import dev.gatlingllm.secret.ScrubbedStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The process that runs one command: {@code report RUN}, {@code compare RUN_A RUN_B}, {@code
 * --help}.
 *
 * <p>Exits with the status of the command: 0; 1 if a gate is not met; 2 after one line that says
 * what is wrong with the input. Prints no secret that this process knows.
 */
public final class Main {

  /** Maven puts the command here, the id in {@code exec:java@id}: see {@code pom.xml}. */
  private static final String COMMAND = "gatling-llm.command";

  private static final String NO_ID = "default-cli";

  private Main() {}

  /** Runs a command. */
  public static void main(String[] arguments) {
    Output.scrubLog();
    List<String> words = new ArrayList<>(List.of(arguments));
    Optional.ofNullable(System.getProperty(COMMAND))
        .filter(command -> !command.equals(NO_ID))
        .ifPresent(command -> words.add(0, command));
    int status =
        Commands.run(
            words,
            System.in,
            ScrubbedStream.console(System.out),
            ScrubbedStream.console(System.err));
    // Maven runs the command in its own JVM and goes on if all is well.
    if (status != 0) {
      System.exit(status);
    }
  }
}
