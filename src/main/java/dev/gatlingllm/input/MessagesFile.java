package dev.gatlingllm.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * Conversations to be sent as they are: arrays of messages, or objects with {@code messages} and,
 * if wanted, {@code max_tokens}, {@code weight} and any field that a service knows, such as {@code
 * tools}. They stand in one array, as Azure's benchmarking tool replays them, one per line, or one
 * after another; batches and data sets are read as payloads are. The model, and whether the answer
 * is streamed, is the settings' business.
 *
 * @param conversations in the order of the file, at least one
 */
public record MessagesFile(List<Conversation> conversations) {

  private static final String WEIGHT = "weight";

  /**
   * One of them.
   *
   * @param payload where it stands and what it asks for, without a model
   * @param weight how often it is drawn, against the others; above 0
   */
  public record Conversation(Payload payload, double weight) {

    /** Rejects a weight that is not above 0. */
    public Conversation {
      if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "a conversation must have a weight above 0, had " + weight);
      }
    }

    /** Where it stands, for complaints. */
    public String source() {
      return payload.source();
    }

    /** What is said; at least one message. */
    public List<Message> messages() {
      return payload.request().messages();
    }

    /** Upper bound of the output; absent if the file does not say. */
    public OptionalInt maxTokens() {
      return payload.request().maxTokens();
    }

    /** This conversation with another request. */
    public Conversation with(LlmRequest request) {
      return new Conversation(new Payload(payload.source(), request, payload.leftOut()), weight);
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
    try (InputLines lines = InputLines.open(file)) {
      List<Conversation> found = read(lines, PayloadBody.contentOf(file));
      if (found.isEmpty()) {
        throw new InputException(file + ": must hold at least one conversation, held none");
      }
      return new MessagesFile(found);
    }
  }

  /**
   * The conversations of a text, as in a file.
   *
   * @param folder of the files that its messages name
   * @throws InputException if it is something else than JSON of conversations
   */
  public static List<List<Message>> conversations(String text, Path folder) {
    try (InputLines lines = new InputLines(new StringReader(text), "the text")) {
      return read(lines, new MessageContent(new FileParts(folder))).stream()
          .map(Conversation::messages)
          .toList();
    }
  }

  /** One sentence for each kind of field that is not sent. */
  public List<String> notes() {
    return Payload.notes(conversations.stream().map(Conversation::payload).toList());
  }

  private static List<Conversation> read(InputLines lines, MessageContent content) {
    return FileRequests.of(lines).stream().map(body -> conversation(body, content)).toList();
  }

  private static Conversation conversation(FileRequests.Body body, MessageContent content) {
    ObjectNode object = body.object().deepCopy();
    JsonNode weight = object.path(WEIGHT);
    object.remove(WEIGHT);
    Payload payload = PayloadBody.payload(body.place(), object, content);
    Conversation read = new Conversation(payload, weight(body.place(), weight));
    return read.with(payload.request().withModel("").withStreaming(true));
  }

  private static double weight(InputLines.Line place, JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return 1;
    }
    if (!value.isNumber() || !(value.asDouble() > 0) || Double.isInfinite(value.asDouble())) {
      throw place.wrong(WEIGHT, "a number above 0", JsonText.shown(value));
    }
    return value.asDouble();
  }
}
