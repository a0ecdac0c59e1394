package dev.gatlingllm.experiment.rag;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.config.ConfigurationException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * {@code llm.rag}: an application before the model.
 *
 * @param url its address; absent for the simulated orchestrator
 * @param path where questions are posted
 * @param keyHeader the header that carries the key
 * @param keyVariable the environment variable that holds the key
 * @param body the body's template
 * @param answer what a response is
 * @param text JMESPath of the answer's text; empty if the answer is plain text
 * @param conversationId JMESPath of the conversation's id, or a regular expression; may be empty
 * @param refused what an answer must not hold; absent if it may hold anything
 * @param questions file of questions
 * @param turns questions of one conversation
 * @param users who ask, and when
 * @param p95 most that the 95th percentile of e2e may be; zero for no limit
 */
public record RagConfig(
    Optional<URI> url,
    String path,
    String keyHeader,
    String keyVariable,
    String body,
    Form answer,
    String text,
    String conversationId,
    Optional<Pattern> refused,
    String questions,
    int turns,
    Users users,
    Duration p95) {

  /** What a response is. */
  public enum Form {
    JSON,
    SSE,
    TEXT
  }

  /**
   * Who asks, and when.
   *
   * @param count how many users
   * @param delay when the first one starts
   * @param rampUp how long until all have started
   * @param duration when the last question is asked, from the beginning
   * @param pause what a user waits before the next question
   * @param pauseUpTo how much longer at most, at random
   */
  public record Users(
      int count,
      Duration delay,
      Duration rampUp,
      Duration duration,
      Duration pause,
      Duration pauseUpTo) {

    private static Users read(ConfigReader reader) {
      Users users =
          new Users(
              reader.integer("llm.rag.users", 1),
              reader.duration("llm.rag.delay"),
              reader.duration("llm.rag.rampUp"),
              reader.positiveDuration("llm.rag.duration"),
              reader.duration("llm.rag.pause"),
              reader.duration("llm.rag.pauseUpTo"));
      if (users.duration.compareTo(users.delay.plus(users.rampUp)) <= 0) {
        throw ConfigurationException.of(
            "llm.rag.duration",
            ConfigReader.quoted(reader.text("llm.rag.duration")),
            "longer than llm.rag.delay and llm.rag.rampUp together");
      }
      return users;
    }
  }

  public static RagConfig read(ConfigReader reader) {
    Form form = reader.choice("llm.rag.answer", Form.class);
    return new RagConfig(
        reader.address("llm.rag.url"),
        path(reader),
        notBlank(reader, "llm.rag.keyHeader"),
        notBlank(reader, "llm.rag.keyVariable"),
        reader.text("llm.rag.body"),
        form,
        form == Form.TEXT ? "" : notBlank(reader, "llm.rag.text"),
        reader.text("llm.rag.conversationId"),
        pattern(reader, "llm.rag.refused"),
        reader.text("llm.rag.questions"),
        reader.integer("llm.rag.turns", 1),
        Users.read(reader),
        reader.duration("llm.rag.p95"));
  }

  private static String path(ConfigReader reader) {
    String path = reader.text("llm.rag.path").strip();
    if (!path.startsWith("/")) {
      throw ConfigurationException.of(
          "llm.rag.path", ConfigReader.quoted(path), "a path that begins with /");
    }
    return path;
  }

  private static String notBlank(ConfigReader reader, String key) {
    String value = reader.text(key).strip();
    if (value.isEmpty()) {
      throw new ConfigurationException(key + " must not be empty");
    }
    return value;
  }

  private static Optional<Pattern> pattern(ConfigReader reader, String key) {
    String value = reader.text(key);
    try {
      return value.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(value));
    } catch (PatternSyntaxException e) {
      throw new ConfigurationException(
          key
              + " must be a regular expression, was \""
              + value
              + "\": "
              + e.getDescription()
              + " near index "
              + e.getIndex());
    }
  }
}
