package dev.gatlingllm.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatlingllm.provider.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Conversations to be sent as they are. A {@code .json} file is an array of conversations, as
 * Azure's benchmarking tool replays it; a {@code .jsonl} file has one in each line. A conversation
 * is an array of messages, or an object with {@code messages} and, if wanted, {@code max_tokens}
 * and {@code weight}.
 *
 * @param conversations in the order of the file, at least one
 */
public record MessagesFile(List<Conversation> conversations) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * One of them.
   *
   * @param source where it stands, for complaints
   * @param messages at least one
   * @param maxTokens upper bound of the output; absent if the file does not say
   * @param weight how often it is drawn, against the others; above 0
   */
  public record Conversation(
      String source, List<Message> messages, OptionalInt maxTokens, double weight) {

    /** Copies the list; rejects one without messages and a weight that is not above 0. */
    public Conversation {
      messages = List.copyOf(messages);
      if (messages.isEmpty() || !(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "a conversation must have messages and a weight above 0, had "
                + messages.size()
                + " and "
                + weight);
      }
    }
  }

  /** Copies the list; rejects one without conversations. */
  public MessagesFile {
    conversations = List.copyOf(conversations);
    if (conversations.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one conversation, was none");
    }
  }

  /**
   * Reads a file, and the files that its messages name, from its folder.
   *
   * @throws InputException naming the place, the field and what is accepted, but no message's text
   */
  public static MessagesFile read(Path file) {
    boolean lines = file.toString().toLowerCase(Locale.ROOT).endsWith(".jsonl");
    List<Conversation> found = lines ? readLines(file) : readArray(file);
    if (found.isEmpty()) {
      throw new InputException(file + ": must hold at least one conversation, held none");
    }
    return new MessagesFile(found);
  }

  /**
   * The conversations of a JSON text: one array or object of messages, or an array of such; none if
   * it is something else.
   *
   * @param folder of the files that its messages name
   */
  public static List<List<Message>> conversations(String text, Path folder) {
    try {
      JsonNode root = JSON.readTree(text);
      MessagesJson reader = new MessagesJson("the text", content(new FileParts(folder)));
      boolean several = root.path(0).isArray() || root.path(0).has("messages");
      if (!several) {
        return root.isContainerNode() ? List.of(reader.conversation(root).messages()) : List.of();
      }
      List<List<Message>> found = new ArrayList<>();
      root.forEach(item -> found.add(reader.conversation(item).messages()));
      return found;
    } catch (JsonProcessingException | InputException ignored) {
      return List.of();
    }
  }

  private static List<Conversation> readLines(Path file) {
    List<Conversation> found = new ArrayList<>();
    MessageContent content = content(FileParts.beside(file));
    try (InputLines lines = InputLines.open(file)) {
      for (Optional<InputLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
        String place = line.get().place();
        found.add(new MessagesJson(place, content).conversation(tree(place, line.get().text())));
      }
    }
    return found;
  }

  private static List<Conversation> readArray(Path file) {
    JsonNode root = tree(file.toString(), text(file));
    if (!root.isArray()) {
      throw InputException.of(
          file.toString(),
          "the file",
          "a JSON array of conversations (one in each line: name it .jsonl)",
          root.getNodeType().name().toLowerCase(Locale.ROOT));
    }
    List<Conversation> found = new ArrayList<>();
    MessageContent content = content(FileParts.beside(file));
    for (JsonNode item : root) {
      found.add(new MessagesJson(file + " [" + found.size() + "]", content).conversation(item));
    }
    return found;
  }

  private static MessageContent content(FileParts files) {
    return new MessageContent(files, MessagesJson.BETWEEN_TEXTS);
  }

  private static String text(Path file) {
    try {
      String text = Files.readString(file);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": no such file");
    } catch (CharacterCodingException e) {
      throw new InputException(file + ": must be UTF-8 text, is not");
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static JsonNode tree(String place, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      // Not passed on: its message quotes the text, and so a prompt.
      throw InputException.of(
          place,
          "the text",
          "JSON",
          "malformed at line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr());
    }
  }
}
