package dev.gatlingllm.experiment.rag;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.SloConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.experiment.Experiment;
import dev.gatlingllm.gatling.CallsAtOnce;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.LlmAssertions;
import dev.gatlingllm.gatling.LlmProtocolBuilder;
import dev.gatlingllm.gatling.call.OverHttp;
import dev.gatlingllm.gatling.engine.DeclaredLimits;
import dev.gatlingllm.gatling.engine.LlmChecks;
import dev.gatlingllm.gatling.engine.OfHttp;
import dev.gatlingllm.input.BodyTemplate;
import dev.gatlingllm.input.InputPath;
import dev.gatlingllm.input.QuestionFile;
import dev.gatlingllm.provider.ServiceAddress;
import dev.gatlingllm.provider.app.AppFormat;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.target.SimulatedTarget;
import dev.gatlingllm.text.Console;
import dev.gatlingllm.timing.NanoClock;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ProtocolBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.exec.Executable;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * The application before the model that {@code llm.rag} describes, and the users who ask it.
 * Without an address it is the simulated orchestrator in this process, which asks for a key, too.
 */
public final class Orchestrator implements Experiment {

  /** The key of the simulated orchestrator, which is no secret. */
  private static final String SIMULATED_KEY = "simulated-orchestrator";

  private static final double STOP_FROM_PERCENT = 90;

  /** Beyond every limit of ours, so that it is never Gatling's own that ends a call. */
  private static final Duration GATLING_MARGIN = Duration.ofMinutes(1);

  private final LlmConfig config;
  private final RagConfig rag;
  private final URI address;
  private final Optional<Secret> key;
  private final Optional<SimulatedTarget> simulated;
  private final BodyTemplate body;
  private final AppFormat format;
  private final Conversations conversations;
  private final SplittableRandom random;

  private Orchestrator(LlmConfig config, RagConfig rag, AskedFor askedFor) {
    this.config = config;
    this.rag = rag;
    this.address = askedFor.address;
    this.key = askedFor.key;
    this.simulated = askedFor.simulated;
    this.body = askedFor.body;
    this.format = askedFor.format;
    this.conversations = new Conversations(askedFor.questions, rag.turns());
    this.random = new SplittableRandom(config.seed());
  }

  /** What the settings ask for, checked. */
  private record AskedFor(
      URI address,
      Optional<Secret> key,
      Optional<SimulatedTarget> simulated,
      BodyTemplate body,
      AppFormat format,
      QuestionFile questions) {

    static AskedFor of(LlmConfig config, RagConfig rag, UnaryOperator<String> environment) {
      BodyTemplate body = BodyTemplate.parse("llm.rag.body", rag.body(), Conversations.names());
      QuestionFile questions =
          ConfigurationException.in(
              "llm.rag.questions: ", () -> QuestionFile.read(InputPath.of(rag.questions())));
      questions
          .header()
          .ifPresent(
              header ->
                  Console.out()
                      .println("[llm] " + rag.questions() + ": taken as a header: " + header));
      return rag.url().isPresent()
          ? real(rag, rag.url().get(), environment, body, questions)
          : simulated(config, rag, body, questions);
    }

    private static AskedFor real(
        RagConfig rag,
        URI url,
        UnaryOperator<String> environment,
        BodyTemplate body,
        QuestionFile questions) {
      return new AskedFor(
          ServiceAddress.check("llm.rag.url", url),
          Optional.ofNullable(environment.apply(rag.keyVariable()))
              .filter(value -> !value.isBlank())
              .map(value -> Secret.of(value.strip())),
          Optional.empty(),
          body,
          formatOf(rag),
          questions);
    }

    private static AskedFor simulated(
        LlmConfig config, RagConfig rag, BodyTemplate body, QuestionFile questions) {
      AppFormat format = formatOf(rag);
      SimulatedTarget simulated = SimulatedTarget.startOrchestrator(config, SIMULATED_KEY);
      return new AskedFor(
          simulated.address(),
          Optional.of(Secret.harmless(SIMULATED_KEY)),
          Optional.of(simulated),
          body,
          format,
          questions);
    }

    private static AppFormat formatOf(RagConfig rag) {
      String idKey = "llm.rag.conversationId";
      if (rag.answer() == RagConfig.Form.TEXT) {
        return AppFormat.Text.of(idKey, rag.conversationId());
      }
      AppFormat.Path text = AppFormat.Path.of("llm.rag.text", rag.text());
      AppFormat.Path id = AppFormat.Path.of(idKey, rag.conversationId());
      return rag.answer() == RagConfig.Form.SSE
          ? new AppFormat.Events(text, id)
          : new AppFormat.Json(text, id);
    }
  }

  /** The application of these settings; a run is cut when nine of ten calls fail. */
  public static Orchestrator of(LlmConfig settings) {
    return of(settings, System::getenv);
  }

  static Orchestrator of(LlmConfig settings, UnaryOperator<String> environment) {
    LlmConfig config =
        Startup.orExit(() -> settings.withoutTargets("rag.OrchestratorSimulation"))
            .stoppingFrom(STOP_FROM_PERCENT);
    RagConfig rag = Startup.orExit(() -> checked(config));
    return new Orchestrator(
        config,
        rag,
        Startup.orExit(
            () -> ConfigurationException.in("", () -> AskedFor.of(config, rag, environment))));
  }

  private static RagConfig checked(LlmConfig config) {
    config
        .load()
        .requireWhole(
            "rag.OrchestratorSimulation",
            "draws questions and pauses as its users come to them; set llm.rag.users for each"
                + " machine");
    return checkRoom(config.section(RagConfig::read));
  }

  /** Every user has a connection of its own. */
  private static RagConfig checkRoom(RagConfig rag) {
    CallsAtOnce.ofClients(rag.users().count(), rag.url().isEmpty()).requireRoom();
    return rag;
  }

  /** The protocol that measures the calls, and Gatling's own that sends them. */
  @Override
  public List<ProtocolBuilder> protocols() {
    return List.of(
        http.baseUrl(address.toString()).disableWarmUp(),
        LlmProtocolBuilder.ofSettings()
            .config(config)
            .client(same -> new OfHttp(() -> simulated.ifPresent(SimulatedTarget::close)))
            .preparedBy(
                new HttpBeforeLoad(config, rag, simulated, NanoClock.SYSTEM, Console.out())));
  }

  /**
   * Users who ask over and over until the time is up; a question under way is finished.
   *
   * @param call made for each question, over HTTP
   */
  @Override
  public List<PopulationBuilder> inject(LlmActionBuilder call) {
    LlmActionBuilder question =
        call.prompt("#{" + Conversations.QUESTION + "}")
            .label(Conversations.TURN, "#{" + Conversations.TURN + "}")
            .over(asked(http("ask").post(rag.path()).body(StringBody(this::body))))
            .check(acceptable());
    return List.of(users(exec(this::nextQuestion).exec(question)));
  }

  private PopulationBuilder users(Executable conversation) {
    RagConfig.Users users = rag.users();
    Deadline deadline = new Deadline(NanoClock.SYSTEM, users.duration(), users.delay());
    Executable again =
        asLongAs(session -> !deadline.isOver()).on(exec(conversation).pause(this::thinkTime));
    List<OpenInjectionStep> steps = new ArrayList<>();
    if (!users.delay().isZero()) {
      steps.add(nothingFor(users.delay()));
    }
    steps.add(
        users.rampUp().toSeconds() == 0
            ? atOnceUsers(users.count())
            : rampUsers(users.count()).during(users.rampUp()));
    return scenario("Orchestrator").exec(again).injectOpen(steps);
  }

  Duration thinkTime(Session session) {
    long most = rag.users().pauseUpTo().toNanos();
    synchronized (random) {
      return rag.users().pause().plusNanos(most == 0 ? 0 : random.nextLong(most + 1));
    }
  }

  Session nextQuestion(Session session) {
    return conversations.next(session);
  }

  String body(Session session) {
    return Conversations.body(body, session);
  }

  /**
   * The call that a request is: with its key, if there is one, and the media types of question and
   * answer; measured, and its conversation's id kept.
   */
  OverHttp asked(HttpRequestActionBuilder request) {
    HttpRequestActionBuilder patient =
        request
            .header("Content-Type", "application/json")
            .header("Accept", format.mediaType())
            .requestTimeout(config.timeout().total().plus(GATLING_MARGIN));
    return new OverHttp(
        simulated.isPresent() ? "simulated orchestrator" : ServiceAddress.host(address).orElse(""),
        key.map(secret -> patient.header(rag.keyHeader(), session -> secret.reveal()))
            .orElse(patient),
        format,
        Conversations.ID,
        key);
  }

  /** The answer is none of those that {@code llm.rag.refused} describes. */
  private CheckBuilder acceptable() {
    return LlmChecks.measure(
            "apology or error text",
            Boolean.class,
            response -> refuses(response.text()) ? Optional.of(true) : Optional.empty())
        .notExists();
  }

  boolean refuses(String answer) {
    return rag.refused().filter(pattern -> pattern.matcher(answer).find()).isPresent();
  }

  /** The limits of {@code llm.slo}, and {@code llm.rag.p95} if those say nothing of e2e. */
  @Override
  public List<Assertion> assertions(String name) {
    SloConfig slo = config.slo();
    if (slo.e2e().isEmpty() && !rag.p95().isZero()) {
      DeclaredLimits.add(
          new Limit(
              "llm.rag.p95",
              List.of(name),
              Measure.E2E.field(),
              "p95",
              Limit.Bound.AT_MOST,
              rag.p95().toNanos() / 1e6));
    }
    return LlmAssertions.slo(slo, name);
  }
}
