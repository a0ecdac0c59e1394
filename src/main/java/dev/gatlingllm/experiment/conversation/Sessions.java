package dev.gatlingllm.experiment.conversation;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.exec;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.experiment.ProviderExperiment;
import dev.gatlingllm.gatling.Arrivals;
import dev.gatlingllm.gatling.ExpectedLoads;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.Load;
import dev.gatlingllm.gatling.OwnShare;
import dev.gatlingllm.gatling.call.Dialogue;
import dev.gatlingllm.gatling.call.History;
import dev.gatlingllm.gatling.call.LastCall;
import dev.gatlingllm.input.InputPath;
import dev.gatlingllm.input.Payload;
import dev.gatlingllm.input.RecordedSession;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.record.CallRecord;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Conversations and agent sessions under the load of {@code llm.load}, of which each arrival, or
 * each round of a client, is a session: its turns one after another, the history sent along. A
 * session of which a call fails is broken off. Safe for use by many threads.
 */
public final class Sessions implements ProviderExperiment {

  /** The label of calls: the number of their turn. */
  public static final String TURN = "turn";

  /** Turns beyond have one label together, so that a long session fills no report. */
  static final int MOST_LABELS = 20;

  private static final String NAME = "conversation";
  private static final String SCRIPT = "llm.script";

  private final LlmConfig settings;
  private final ConversationConfig config;
  private final Scripts scripts;
  private final TokenCounter counter = TokenCounter.standard();
  private final AtomicLong next = new AtomicLong();

  private Sessions(LlmConfig settings, ConversationConfig config, Scripts scripts) {
    this.settings = settings;
    this.config = config;
    this.scripts = scripts;
  }

  /**
   * The sessions that {@code llm.conversation} asks for.
   *
   * @throws ConfigurationException naming the key, or the file and the place in it
   */
  public static Sessions of(LlmConfig settings) {
    return Startup.orExit(() -> checked(settings));
  }

  private static Sessions checked(LlmConfig settings) {
    ConversationConfig config = settings.section(ConversationConfig::read);
    Scripts scripts =
        config
            .file()
            .<Scripts>map(file -> new RecordedScripts(config, settings, read(file)))
            .orElseGet(() -> new MadeUpScripts(config, settings));
    return new Sessions(settings, config, scripts);
  }

  private static List<RecordedSession> read(String file) {
    return ConfigurationException.in(
        ConversationConfig.FILE + ": ", () -> RecordedSession.read(InputPath.of(file)));
  }

  @Override
  public LlmConfig settings() {
    return settings;
  }

  @Override
  public List<PopulationBuilder> inject(LlmActionBuilder call) {
    return List.of(
        Load.of(settings)
            .endingAsPlanned()
            .inject(
                "Conversations",
                exec(this::begin).exec(asLongAs(Sessions::goesOn).on(exec(turn(call))))));
  }

  private LlmActionBuilder turn(LlmActionBuilder call) {
    LlmActionBuilder turn =
        call.history(NAME)
            .messages(session -> script(session).said(number(session)))
            .parameters(session -> script(session).parameters(number(session)))
            .contextTokens(this::contextTokens)
            .turns(session -> script(session).turns())
            .thinkTime(session -> script(session).thinkTime(number(session)))
            .recordedAnswer(session -> script(session).recorded(number(session)))
            .label(TURN, session -> label(number(session) + 1));
    LlmActionBuilder cached = config.cachePoints() ? turn.cachePoints() : turn;
    return config.stored() ? cached.storedByService() : cached;
  }

  private Session begin(Session session) {
    return session
        .markAsSucceeded()
        .remove(History.attribute(NAME))
        .set(SCRIPT, scripts.script(numberOfSession(session)));
  }

  private long numberOfSession(Session session) {
    long number = OwnShare.of(settings.load()).number(next.getAndIncrement());
    return Arrivals.number(session).orElse(number);
  }

  private static boolean goesOn(Session session) {
    return !History.of(NAME, session).brokenOff() && number(session) < script(session).turns();
  }

  private static Script script(Session session) {
    return session.get(SCRIPT);
  }

  private static int number(Session session) {
    return History.of(NAME, session).turns();
  }

  static String label(int turn) {
    return turn <= MOST_LABELS ? "" + turn : "over " + MOST_LABELS;
  }

  /**
   * What the conversation has so far, by the service's own count, and what is new: counting all of
   * it for each turn would take the client more time than the answer.
   */
  private int contextTokens(Session session) {
    int said = counter.countMessages(script(session).said(number(session)));
    if (number(session) == 0) {
      return said;
    }
    CallRecord.Tokens last = LastCall.of(session).orElseThrow().tokens();
    return last.input().isPresent() && last.output().isPresent()
        ? (int)
            (last.input().getAsLong()
                + last.output().getAsLong()
                - last.reasoning().orElse(0)
                + said)
        : said + counter.countMessages(History.of(NAME, session).messages());
  }

  @Override
  public ExpectedLoad expectedLoad() {
    return ExpectedLoads.sessions(settings, scripts.meanTurns(), scripts.text(), requests())
        .withFiles(samples());
  }

  /** Calls of no run: the first session from turn to turn, then the next, and so on. */
  private Supplier<LlmRequest> requests() {
    AtomicLong calls = new AtomicLong();
    int turns = (int) Math.ceil(scripts.meanTurns());
    return () -> {
      long call = calls.getAndIncrement();
      Script script = scripts.script(OwnShare.of(settings.load()).number(call / turns));
      return request(script, Math.min((int) (call % turns), script.turns() - 1));
    };
  }

  private static LlmRequest request(Script script, int turn) {
    List<Message> messages = new ArrayList<>();
    for (int before = 0; before < turn; before++) {
      messages.addAll(script.said(before));
      messages.addAll(answer(script, before));
    }
    messages.addAll(script.said(turn));
    return LlmRequest.ofMessages(messages).withParameters(script.parameters(turn));
  }

  /** The recorded answer, or one of as many words as it may have tokens: of a token each. */
  private static List<Message> answer(Script script, int turn) {
    Dialogue.Recorded recorded = script.recorded(turn);
    if (!recorded.answer().isEmpty()) {
      return recorded.answer();
    }
    int most = (int) script.parameters(turn).whole(Parameter.MAX_TOKENS).orElse(1);
    return List.of(Message.assistant(String.join(" ", Collections.nCopies(most, "and"))));
  }

  /** What the API does not take is refused before anything is sent. */
  private List<Payload> samples() {
    List<Payload> samples = new ArrayList<>(scripts.samples());
    if (config.cachePoints()) {
      samples.add(marked(samples.get(0).request()));
    }
    return samples;
  }

  private static Payload marked(LlmRequest sample) {
    List<Message> messages = new ArrayList<>(sample.messages());
    int last = messages.size() - 1;
    messages.set(last, messages.get(last).with(CachePoint.DEFAULT));
    return new Payload(ConversationConfig.SECTION + "cachePoints", sample.withMessages(messages));
  }
}
