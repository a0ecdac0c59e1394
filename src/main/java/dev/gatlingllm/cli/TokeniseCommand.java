package dev.gatlingllm.cli;

import dev.gatlingllm.input.InputException;
import dev.gatlingllm.input.MessagesFile;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.text.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Counts the tokens of a text. JSON of messages counts as conversations, as files of messages are
 * read; anything else as text.
 */
@Command(
    name = "tokenise",
    description =
        "Counts the tokens of a text, of a file, or of the standard input. A JSON array of messages"
            + " counts as a conversation, several of them or a file of messages as several, anything"
            + " else as text.")
final class TokeniseCommand implements Callable<Integer> {

  private final InputStream in;
  private final PrintStream out;

  @Parameters(
      paramLabel = "TEXT",
      arity = "0..*",
      description = "Words of the text; after --, any that begin with a dash.")
  private List<String> words = List.of();

  @Option(names = "--file", paramLabel = "FILE", description = "Read the text from this file.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Count with the tokens of this model.")
  private String model = "";

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description = "Count with this encoding: o200k_base or cl100k_base.")
  private String encoding = "";

  TokeniseCommand(InputStream in, PrintStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    TokenCounter counter = counter();
    String text = text();
    List<List<Message>> conversations = conversations(text);
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

  /** Those of JSON; none of other text, with the reason if it looks like JSON. */
  private List<List<Message>> conversations(String text) {
    if (!text.stripLeading().matches("(?s)[\\[{].*")) {
      return List.of();
    }
    try {
      return MessagesFile.conversations(text, folder());
    } catch (InputException e) {
      out.println("counted as text, not as messages: " + e.getMessage());
      return List.of();
    }
  }

  private Path folder() {
    Path from = file.orElse(Path.of("")).toAbsolutePath();
    return Optional.ofNullable(from.getParent()).orElse(from);
  }

  private TokenCounter counter() {
    return switch (encoding) {
      case "" -> TokenCounter.forModel(model);
      case "o200k_base" -> TokenCounter.standard();
      case "cl100k_base" -> TokenCounter.forModel("gpt-4");
      default ->
          throw new IllegalArgumentException(
              "--encoding must be o200k_base or cl100k_base, was \"" + encoding + '"');
    };
  }

  private String text() throws IOException {
    if (file.isPresent()) {
      return read(file.get());
    }
    return words.isEmpty()
        ? new String(in.readAllBytes(), StandardCharsets.UTF_8)
        : String.join(" ", words);
  }

  private static String read(Path path) throws IOException {
    try {
      return TextFile.read(path);
    } catch (NoSuchFileException e) {
      throw new InputException(path + ": no such file");
    } catch (IOException e) {
      String why = TextFile.complaint(e).orElseThrow(() -> e);
      throw new InputException(path + ": " + why);
    }
  }
}
