package dev.gatlingllm.experiment.conversation;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Spread;
import dev.gatlingllm.gatling.call.Dialogue;
import dev.gatlingllm.input.Payload;
import dev.gatlingllm.prompt.PromptBuilder;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Sessions of made-up questions of given sizes. All begin with the same system prompt, if there is
 * one. Where caching is prevented, the system prompt begins with digits that no other run has, and
 * the first question with digits that no other session has: a prompt cache knows of a session what
 * was sent in this run alone.
 */
final class MadeUpScripts implements Scripts {

  /** Numbers of prompts are those of sessions and turns together: no session has more turns. */
  private static final long MOST_TURNS = 1 << 20;

  private final ConversationConfig config;
  private final Draws draws;
  private final PromptBuilder plain;
  private final PromptBuilder opening;

  MadeUpScripts(ConversationConfig config, LlmConfig settings) {
    this.config = config;
    this.draws = new Draws(config, settings.seed());
    this.plain = new PromptBuilder(TokenCounter.standard(), settings.seed());
    this.opening =
        settings.profile().preventCaching()
            ? plain.preventingCaching(new SecureRandom().nextLong())
            : plain;
    requireRoom("firstTokens", config.firstTokens(), opening);
    requireRoom("followUpTokens", config.followUpTokens(), plain);
    int smallest = opening.smallestContext(OptionalInt.empty());
    if (config.systemTokens() > 0 && config.systemTokens() < smallest) {
      throw ConfigurationException.of(
          ConversationConfig.SECTION + "systemTokens",
          "" + config.systemTokens(),
          "0 or at least " + smallest);
    }
  }

  private static void requireRoom(String key, Spread sizes, PromptBuilder builder) {
    int smallest = builder.smallestContext(OptionalInt.empty());
    if (sizes.greatest().orElse(smallest) < smallest) {
      throw ConfigurationException.of(
          ConversationConfig.SECTION + key,
          sizes.text(),
          "at least " + smallest + " for a question's fixed parts");
    }
  }

  @Override
  public Script script(long number) {
    return new MadeUp(number);
  }

  @Override
  public double meanTurns() {
    return Math.max(1, config.turns().mean());
  }

  @Override
  public String text() {
    return "sessions of "
        + config.turns().text()
        + " turns, "
        + config.firstTokens().text()
        + " tokens and then "
        + config.followUpTokens().text()
        + " more";
  }

  @Override
  public List<Payload> samples() {
    Script first = script(0);
    LlmRequest request = LlmRequest.ofMessages(first.said(0)).withParameters(first.parameters(0));
    return List.of(new Payload("llm.conversation", request));
  }

  /** A prompt that asks for so much output if there is room for that. */
  private static List<Message> prompt(PromptBuilder builder, long index, int tokens, int output) {
    OptionalInt wanted = OptionalInt.of(output);
    if (tokens >= builder.smallestContext(wanted)) {
      return builder.prompt(index, tokens, wanted);
    }
    int smallest = builder.smallestContext(OptionalInt.empty());
    return builder.prompt(index, Math.max(smallest, tokens), OptionalInt.empty());
  }

  /** One of them. */
  private final class MadeUp implements Script {

    private final long number;

    MadeUp(long number) {
      this.number = number;
    }

    @Override
    public int turns() {
      return draws.turns(number);
    }

    @Override
    public List<Message> said(int turn) {
      // The system prompt has number 0.
      long index = (number + 1) * MOST_TURNS + turn;
      int tokens = draws.question(number, turn);
      int output = draws.answer(number, turn);
      if (turn > 0) {
        return prompt(plain, index, tokens, output);
      }
      List<Message> said = new ArrayList<>();
      if (config.systemTokens() > 0) {
        String system = opening.prompt(0, config.systemTokens(), OptionalInt.empty()).get(0).text();
        said.add(Message.system(system));
      }
      said.addAll(prompt(opening, index, tokens, output));
      return said;
    }

    @Override
    public Dialogue.Recorded recorded(int turn) {
      return Dialogue.Recorded.NOTHING;
    }

    @Override
    public Duration thinkTime(int turn) {
      return draws.thinkTime(number, turn);
    }

    @Override
    public Parameters parameters(int turn) {
      return Parameters.NONE.with(Parameter.MAX_TOKENS, draws.answer(number, turn));
    }
  }
}
