package dev.gatlingllm.cli;

import dev.gatlingllm.command.Command;
import dev.gatlingllm.command.CommandLine;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.workload.Dataset;
import dev.gatlingllm.workload.MessagesFile;
import dev.gatlingllm.workload.TokenCounter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Picks conversations of a file so that their mean size is what is asked for, and writes them as a
 * file to be replayed.
 *
 * <pre>{@code
 * mvn -q compile exec:java@dataset -Dexec.args="all.jsonl --mean 1200 --count 800 --out picked.json"
 * }</pre>
 */
public final class DatasetCommand {

  private static final CommandLine.Syntax SYNTAX =
      new CommandLine.Syntax(
          "usage: dataset FILE --mean TOKENS --count N --out FILE.json [--system TEXT_FILE]"
              + " [--model NAME]",
          Set.of("--mean", "--count", "--out", "--system", "--model"),
          Set.of());

  private DatasetCommand() {}

  /** Exits with 0, or with 2 after one line that says what is wrong with the input. */
  public static void main(String[] arguments) {
    Command.exit(
        Command.run("dataset", Command.err(), () -> run(List.of(arguments), Command.out())));
  }

  static int run(List<String> arguments, PrintStream out) throws IOException {
    CommandLine line = SYNTAX.parse(arguments);
    if (line.operands().size() != 1) {
      throw SYNTAX.refused("one file of conversations must be given");
    }
    Optional<String> system = value(line, "--system").map(DatasetCommand::text);
    Dataset all =
        Dataset.of(
            MessagesFile.read(Path.of(line.operands().get(0))),
            system,
            TokenCounter.forModel(value(line, "--model").orElse("")));
    Dataset picked = all.picked(number(line, "--count"), number(line, "--mean"));
    Path file =
        Path.of(value(line, "--out").orElseThrow(() -> SYNTAX.refused("--out must be given")));
    RunFiles.writeAtomically(file, picked.json());
    out.println(picked.summary() + " in " + file);
    return 0;
  }

  private static String text(String file) {
    try {
      return java.nio.file.Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw SYNTAX.refused("--system " + file + " cannot be read");
    }
  }

  private static int number(CommandLine line, String option) {
    String text = value(line, option).orElseThrow(() -> SYNTAX.refused(option + " must be given"));
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw SYNTAX.refused(option + " must be a whole number of at least 1, was \"" + text + '"');
    }
    return Integer.parseInt(text);
  }

  private static Optional<String> value(CommandLine line, String option) {
    List<String> values = line.options().getOrDefault(option, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }
}
