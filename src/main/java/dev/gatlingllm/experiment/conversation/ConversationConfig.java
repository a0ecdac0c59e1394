package dev.gatlingllm.experiment.conversation;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.ProviderConfig;
import dev.gatlingllm.config.Spread;
import dev.gatlingllm.input.DrawOrder;
import java.util.List;
import java.util.Optional;

/**
 * {@code llm.conversation}: what is said in a session, and when.
 *
 * @param file of recorded conversations; empty for made-up ones
 * @param order which recorded conversation the next session takes
 * @param turns of a made-up session
 * @param thinkTime from an answer to the next question, in seconds
 * @param recordedWaits whether the waits of a recording come before {@code thinkTime}
 * @param systemTokens size of the system prompt of made-up sessions, the same for all; 0 for none
 * @param firstTokens size of the first question
 * @param followUpTokens size of the others
 * @param maxTokens upper bound of each answer
 * @param stored whether the service keeps the conversation, so that only what is new is sent
 * @param recordedAnswers whether the recorded answer goes into the history, or the service's own
 * @param cachePoints whether the service is asked to cache the conversation so far
 */
public record ConversationConfig(
    Optional<String> file,
    DrawOrder order,
    Spread turns,
    Spread thinkTime,
    boolean recordedWaits,
    int systemTokens,
    Spread firstTokens,
    Spread followUpTokens,
    Spread maxTokens,
    boolean stored,
    boolean recordedAnswers,
    boolean cachePoints) {

  static final String SECTION = "llm.conversation.";
  static final String FILE = SECTION + "file";

  private static final String TURNS = SECTION + "turns";
  private static final String HISTORY = SECTION + "history";
  private static final String ANSWERS = SECTION + "answers";

  /**
   * Reads the settings.
   *
   * @throws ConfigurationException on the first key that has an impossible value, or one that does
   *     not go with another
   */
  public static ConversationConfig read(ConfigReader reader) {
    ConversationConfig config =
        new ConversationConfig(
            reader.isSet(FILE) ? Optional.of(reader.text(FILE)) : Optional.empty(),
            reader.choice(SECTION + "order", DrawOrder.class),
            reader.wholes(TURNS, 1),
            reader.durations(SECTION + "thinkTime"),
            reader.choice(SECTION + "waits", List.of("recorded", "thinkTime")).equals("recorded"),
            reader.integer(SECTION + "systemTokens", 0),
            reader.wholes(SECTION + "firstTokens", 1),
            reader.wholes(SECTION + "followUpTokens", 1),
            reader.wholes(SECTION + "maxTokens", 1),
            reader.choice(HISTORY, List.of("messages", "stored")).equals("stored"),
            reader.choice(ANSWERS, List.of("own", "recorded")).equals("recorded"),
            reader.flag(SECTION + "cachePoints"));
    if (config.turns.greatest().isEmpty()) {
      throw ConfigurationException.of(
          TURNS, reader.raw(TURNS), "bounded, as in exponential mean 5, 1 to 30");
    }
    if (config.recordedAnswers && config.file.isEmpty()) {
      throw ConfigurationException.of(ANSWERS, "recorded", "own without " + FILE);
    }
    if (config.recordedAnswers && config.stored) {
      throw ConfigurationException.of(
          ANSWERS, "recorded", "own with " + HISTORY + " = stored: the service keeps its own");
    }
    return config.requireApi(reader);
  }

  /** Only the Responses API knows a conversation by the id of its last answer. */
  private ConversationConfig requireApi(ConfigReader reader) {
    String provider = reader.text("llm.provider");
    String wire =
        provider.equals(ProviderConfig.SIMULATOR) ? reader.text("llm.simulator.wire") : provider;
    boolean responses = reader.text("llm.openai.api").equals("responses") && wire.equals("openai");
    if (stored && !responses) {
      throw ConfigurationException.of(
          HISTORY, "stored", "messages without the Responses API (llm.openai.api = responses)");
    }
    return this;
  }
}
