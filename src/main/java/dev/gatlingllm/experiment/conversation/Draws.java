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

  /** What is drawn for a turn, by number. */
  private static final int TURNS = 0;

  private static final int QUESTION = 1;
  private static final int ANSWER = 2;
  private static final int THINK_TIME = 3;
  private static final int KINDS = 4;

  private SplittableRandom random(long session, int turn, int what) {
    long ofTurn = (long) turn * KINDS + what;
    return new SplittableRandom(PromptBuilder.mixed(PromptBuilder.mixed(seed, session), ofTurn));
  }

  int turns(long session) {
    return Math.max(1, config.turns().nextWhole(random(session, 0, TURNS)));
  }

  @Override
  public int question(long session, int turn) {
    SplittableRandom random = random(session, turn, QUESTION);
    return (turn == 0 ? config.firstTokens() : config.followUpTokens()).nextWhole(random);
  }

  @Override
  public int answer(long session, int turn) {
    return Math.max(1, config.maxTokens().nextWhole(random(session, turn, ANSWER)));
  }

  Duration thinkTime(long session, int turn) {
    return turn == 0
        ? Duration.ZERO
        : config.thinkTime().nextDuration(random(session, turn, THINK_TIME));
  }
}
