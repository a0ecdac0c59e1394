package dev.gatlingllm.experiment.conversation;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.call.Dialogue;
import dev.gatlingllm.input.Payload;
import dev.gatlingllm.input.RecordedSession;
import dev.gatlingllm.prompt.CacheBuster;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongToIntFunction;

/**
 * Recorded conversations, said again. Where caching is prevented, the first question begins with
 * digits that no other session has.
 */
final class RecordedScripts implements Scripts {

  private final ConversationConfig config;
  private final List<RecordedSession> sessions;
  private final LongToIntFunction order;
  private final Draws draws;
  private final Optional<CacheBuster> prefix;

  RecordedScripts(ConversationConfig config, LlmConfig settings, List<RecordedSession> sessions) {
    this.config = config;
    this.sessions = sessions;
    this.draws = new Draws(config, settings.seed());
    double[] weights = sessions.stream().mapToDouble(RecordedSession::weight).toArray();
    this.order = config.order().indexes(weights, settings.seed());
    this.prefix =
        settings.profile().preventCaching()
            ? Optional.of(new CacheBuster(new SecureRandom().nextLong()))
            : Optional.empty();
  }

  @Override
  public Script script(long number) {
    return new Recorded(number, sessions.get(order.applyAsInt(number)));
  }

  @Override
  public double meanTurns() {
    return sessions.stream().mapToInt(one -> one.turns().size()).average().orElseThrow();
  }

  @Override
  public String text() {
    return "recorded conversations";
  }

  @Override
  public List<Payload> samples() {
    return sessions.stream().map(RecordedSession::payload).toList();
  }

  /** One of them. */
  private final class Recorded implements Script {

    private final long number;
    private final RecordedSession session;

    Recorded(long number, RecordedSession session) {
      this.number = number;
      this.session = session;
    }

    @Override
    public int turns() {
      return session.turns().size();
    }

    @Override
    public List<Message> said(int turn) {
      List<Message> said = session.turns().get(turn).said();
      return turn == 0 ? prefix.map(digits -> digits.before(number, said)).orElse(said) : said;
    }

    /** A result of a tool names the call that it answers, which only the recorded answer has. */
    @Override
    public Dialogue.Recorded recorded(int turn) {
      boolean results = turn + 1 < turns() && session.turns().get(turn + 1).saysToolResults();
      return new Dialogue.Recorded(
          session.turns().get(turn).answer(), results || config.recordedAnswers());
    }

    @Override
    public Duration thinkTime(int turn) {
      Optional<Duration> pause =
          config.recordedWaits() ? session.turns().get(turn).pause() : Optional.empty();
      return pause.orElseGet(() -> draws.thinkTime(number, turn));
    }

    @Override
    public Parameters parameters(int turn) {
      Parameters asked = session.payload().request().parameters();
      return asked.numbers().containsKey(Parameter.MAX_TOKENS)
          ? asked
          : asked.with(Parameter.MAX_TOKENS, draws.answer(number, turn));
    }
  }
}
