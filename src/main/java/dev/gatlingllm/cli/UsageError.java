package dev.gatlingllm.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The line that refuses arguments: what is wrong, and what is accepted. */
final class UsageError {

  private UsageError() {}

  /** An unknown argument is named first, whatever else is wrong. */
  static String text(ParameterException wrong) {
    CommandLine line = wrong.getCommandLine();
    List<String> unmatched = line.getUnmatchedArguments();
    String reason =
        unmatched.isEmpty()
            ? wrong.getMessage()
            : unknown(new UnmatchedArgumentException(line, unmatched), line);
    String usage = line.getHelp().synopsis(0).strip().replaceAll("\\s+", " ");
    return reason + "; usage: " + usage + commands(line);
  }

  /** The value that may follow an option is left out: it may be a key or a prompt. */
  private static String unknown(UnmatchedArgumentException unmatched, CommandLine line) {
    String argument = unmatched.getUnmatched().get(0);
    if (unmatched.isUnknownOption()) {
      return "there is no option " + argument.replaceFirst("(?s)=.*", "") + meant(unmatched);
    }
    return line.getSubcommands().isEmpty()
        ? "there is one argument too many: " + argument
        : "there is no command " + argument;
  }

  private static String meant(UnmatchedArgumentException unmatched) {
    return unmatched.getSuggestions().isEmpty()
        ? ""
        : " (did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?)";
  }

  private static String commands(CommandLine line) {
    return line.getSubcommands().isEmpty()
        ? ""
        : "; commands: " + String.join(", ", line.getSubcommands().keySet());
  }
}
