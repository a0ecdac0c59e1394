package dev.gatlingllm.input;

import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Part;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A recorded conversation as turns: what was said, the answer to it, and how long the next turn
 * took to come. Nothing of it is carried out or judged: results of tools are sent as they were
 * recorded.
 *
 * @param payload where it stands and what it asks for
 * @param turns in their order, at least one
 * @param weight how often it is drawn, against the others
 */
public record RecordedSession(Payload payload, List<Turn> turns, double weight) {

  /** The field of a message that says when it was: an instant, or seconds or milliseconds. */
  public static final String TIMESTAMP = "timestamp";

  private static final Set<String> RESULTS = Set.of("tool_result", "toolResult");

  /** Seconds since 1970 reach this in the year 5138, milliseconds did in 1973. */
  private static final BigDecimal LEAST_MILLIS = BigDecimal.valueOf(100_000_000_000L);

  /** Milliseconds reach it in the year 5138; what is more counts in a smaller unit. */
  private static final BigDecimal MOST_MILLIS = LEAST_MILLIS.movePointRight(3);

  /**
   * One turn.
   *
   * @param said what is new before the model answers; at least one message
   * @param answer what it answered; empty at the end of a conversation
   * @param pause from the answer before to what is said; absent if the recording does not tell
   */
  public record Turn(List<Message> said, List<Message> answer, Optional<Duration> pause) {

    /** Copies the lists. */
    public Turn {
      said = List.copyOf(said);
      answer = List.copyOf(answer);
    }

    /**
     * Whether results of tools are said, which belong to the calls of the recorded answer before.
     */
    public boolean saysToolResults() {
      return said.stream().anyMatch(RecordedSession::isToolResult);
    }

    /** Leaves out what was said, which must not reach a log. */
    @Override
    public String toString() {
      return "Turn[" + said.size() + " messages]";
    }
  }

  /** Copies the list. */
  public RecordedSession {
    turns = List.copyOf(turns);
  }

  /**
   * The conversations of a file, as {@link MessagesFile} reads them.
   *
   * @throws InputException naming the place, the field and what is accepted, but no message's text
   */
  public static List<RecordedSession> read(Path file) {
    return MessagesFile.read(file).conversations().stream().map(RecordedSession::of).toList();
  }

  private static RecordedSession of(MessagesFile.Conversation conversation) {
    Splitter splitter = new Splitter(conversation.source());
    List<Message> plain = new ArrayList<>();
    for (Message message : conversation.messages()) {
      plain.add(splitter.take(message));
    }
    LlmRequest request = conversation.payload().request().withMessages(plain);
    return new RecordedSession(
        conversation.with(request).payload(), splitter.turns(), conversation.weight());
  }

  private static boolean isToolResult(Message message) {
    return message.role() == Message.Role.TOOL
        || message.role() == Message.Role.FUNCTION
        || message.parts().stream()
            .anyMatch(part -> part instanceof Part.Block block && RESULTS.contains(block.name()));
  }

  /** Cuts a conversation before each message that follows an answer. */
  private static final class Splitter {

    private final String source;
    private final List<Turn> turns = new ArrayList<>();
    private final List<Message> said = new ArrayList<>();
    private final List<Message> answer = new ArrayList<>();
    private Optional<Instant> answered = Optional.empty();
    private Optional<Duration> pause = Optional.empty();
    private Optional<Instant> latest = Optional.empty();
    private int number;

    Splitter(String source) {
      this.source = source;
    }

    /** Adds a message, and returns it as it is sent. */
    Message take(Message message) {
      Optional<Instant> at = at(message);
      Message plain = withoutTimestamp(message);
      boolean answers = plain.role() == Message.Role.ASSISTANT && asked();
      if (!answers && !answer.isEmpty()) {
        end();
        pause = at.flatMap(now -> answered.map(before -> Duration.between(before, now)));
      }
      if (answers) {
        answer.add(plain);
        answered = at;
      } else {
        said.add(plain);
      }
      number++;
      return plain;
    }

    /** A greeting of the model before anybody has spoken is no answer. */
    private boolean asked() {
      return said.stream()
          .anyMatch(one -> !one.role().instructs() && one.role() != Message.Role.ASSISTANT);
    }

    private void end() {
      turns.add(new Turn(said, answer, pause));
      said.clear();
      answer.clear();
      pause = Optional.empty();
    }

    List<Turn> turns() {
      if (asked()) {
        end();
      }
      if (turns.isEmpty()) {
        throw new InputException(
            source + ": must hold at least one message of role user, held none");
      }
      return turns;
    }

    private Optional<Instant> at(Message message) {
      Object value = message.fields().get(TIMESTAMP);
      if (value == null) {
        return Optional.empty();
      }
      Instant at = instant(value);
      if (latest.isPresent() && at.isBefore(latest.get())) {
        throw new InputException(
            place() + " must not be before that of the message before, was earlier");
      }
      latest = Optional.of(at);
      return latest;
    }

    private Instant instant(Object value) {
      try {
        if (value instanceof Number number) {
          BigDecimal told = new BigDecimal(number.toString());
          BigDecimal millis = told.compareTo(LEAST_MILLIS) < 0 ? told.movePointRight(3) : told;
          if (millis.abs().compareTo(MOST_MILLIS) >= 0) {
            throw new DateTimeException("in another unit");
          }
          return Instant.ofEpochMilli(millis.longValue());
        }
        return OffsetDateTime.parse(value.toString()).toInstant();
      } catch (DateTimeException | NumberFormatException ignored) {
        throw new InputException(
            place()
                + " must be seconds or milliseconds since 1970, or a time such as"
                + " 2026-01-31T09:30:00Z, was something else");
      }
    }

    private String place() {
      return source + ": messages[" + number + "]." + TIMESTAMP;
    }

    private static Message withoutTimestamp(Message message) {
      if (!message.fields().containsKey(TIMESTAMP)) {
        return message;
      }
      Map<String, Object> fields = new LinkedHashMap<>(message.fields());
      fields.remove(TIMESTAMP);
      return new Message(message.role(), message.parts(), message.cachePoint(), fields);
    }
  }
}
