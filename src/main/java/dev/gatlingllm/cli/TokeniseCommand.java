package dev.gatlingllm.cli;

import dev.gatlingllm.command.Command;
import dev.gatlingllm.command.CommandLine;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.workload.MessagesFile;
import dev.gatlingllm.workload.TokenCounter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Counts the tokens of a text, of a file, or of what comes on the standard input. A JSON array of
 * messages counts as a conversation, an array of such as several, anything else as text.
 *
 * <pre>{@code
 * mvn -q compile exec:java@tokenise -Dexec.args="'How many tokens is this?'"
 * mvn -q compile exec:java@tokenise -Dexec.args="--model gpt-4 --file messages.json"
 * }</pre>
 */
public final class TokeniseCommand {

  private static final CommandLine.Syntax SYNTAX =
      new CommandLine.Syntax(
          "usage: tokenise [--model NAME | --encoding o200k_base|cl100k_base]"
              + " [TEXT… | --file FILE]; without either, the standard input",
          Set.of("--model", "--encoding", "--file"),
          Set.of());

  private TokeniseCommand() {}

  /** Exits with 0, or with 2 after one line that says what is wrong with the input. */
  public static void main(String[] arguments) {
    Command.exit(
        Command.run(
            "tokenise", Command.err(), () -> run(List.of(arguments), System.in, Command.out())));
  }

  static int run(List<String> arguments, InputStream in, PrintStream out) throws IOException {
    CommandLine line = SYNTAX.parse(arguments);
    TokenCounter counter = counter(line);
    String text = text(line, in);
    List<List<Message>> conversations = MessagesFile.conversations(text, folder(line));
    List<Integer> sizes = conversations.stream().map(counter::countMessages).toList();
    if (sizes.isEmpty()) {
      out.println("tokens: " + counter.countText(text));
    } else {
      out.println("tokens: " + sizes.stream().mapToInt(Integer::intValue).sum());
    }
    if (sizes.size() > 1) {
      out.println(sizes.size() + " conversations: " + sizes.toString().replaceAll("[\\[\\]]", ""));
    }
    if (!conversations.stream().flatMap(List::stream).allMatch(Message::isText)) {
      out.println(
          "images and other files are not counted: how many tokens they are, only the service knows");
    }
    return 0;
  }

  private static Path folder(CommandLine line) {
    Path file = Path.of(last(line, "--file", "")).toAbsolutePath();
    return Optional.ofNullable(file.getParent()).orElse(file);
  }

  private static TokenCounter counter(CommandLine line) {
    String encoding = last(line, "--encoding", "");
    return switch (encoding) {
      case "" -> TokenCounter.forModel(last(line, "--model", ""));
      case "o200k_base" -> TokenCounter.standard();
      case "cl100k_base" -> TokenCounter.forModel("gpt-4");
      default ->
          throw SYNTAX.refused(
              "--encoding must be o200k_base or cl100k_base, was \"" + encoding + '"');
    };
  }

  private static String text(CommandLine line, InputStream in) throws IOException {
    String file = last(line, "--file", "");
    if (!file.isEmpty()) {
      return Files.readString(Path.of(file));
    }
    return line.operands().isEmpty()
        ? new String(in.readAllBytes(), StandardCharsets.UTF_8)
        : String.join(" ", line.operands());
  }

  private static String last(CommandLine line, String option, String otherwise) {
    List<String> values = line.options().getOrDefault(option, List.of());
    return values.isEmpty() ? otherwise : values.get(values.size() - 1);
  }
}
