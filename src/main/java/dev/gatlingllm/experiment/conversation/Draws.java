package dev.gatlingllm.experiment.conversation;

import dev.gatlingllm.prompt.PromptBuilder;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Draws from the distributions of the settings. A draw depends on the seed, the session and the
 * turn alone, so that a run repeats whatever its calls took.
 *
 * @param config the settings
 * @param seed {@code llm.seed}
 */
record Draws(ConversationConfig config, long seed) implements TurnSizes {

  private enum What {
    TURNS,
    QUESTION,
    ANSWER,
    THINK_TIME
  }

  private SplittableRandom random(long session, int turn, What what) {
    long ofTurn = (long) turn * What.values().length + what.ordinal();
    return new SplittableRandom(PromptBuilder.mixed(PromptBuilder.mixed(seed, session), ofTurn));
  }

  int turns(long session) {
    return Math.max(1, config.turns().nextWhole(random(session, 0, What.TURNS)));
  }

  @Override
  public int question(long session, int turn) {
    SplittableRandom random = random(session, turn, What.QUESTION);
    return (turn == 0 ? config.firstTokens() : config.followUpTokens()).nextWhole(random);
  }

  @Override
  public int answer(long session, int turn) {
    return Math.max(1, config.maxTokens().nextWhole(random(session, turn, What.ANSWER)));
  }

  Duration thinkTime(long session, int turn) {
    return turn == 0
        ? Duration.ZERO
        : config.thinkTime().nextDuration(random(session, turn, What.THINK_TIME));
  }
}
