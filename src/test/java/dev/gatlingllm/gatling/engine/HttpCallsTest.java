package dev.gatlingllm.gatling.engine;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.call.OverHttp;
import dev.gatlingllm.live.RunClock;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.app.AppFormat;
import dev.gatlingllm.run.CallRecords;
import dev.gatlingllm.timing.NanoClock;
import io.gatling.core.pause.Constant$;
import io.gatling.core.protocol.ProtocolComponentsRegistries;
import io.gatling.core.session.Session;
import io.gatling.core.session.Session$;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.javaapi.core.internal.Converters;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HttpCallsTest {

  private static final String ANSWER = "{\"answer\": \"Paris\", \"conversation_id\": \"c-7\"}";

  private final List<String> kept = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void dsl() {
    var unused = GatlingDefaults.use();
  }

  private static HttpRequestActionBuilder question(LoopbackApp app) {
    return http("ask").post(app.address().toString()).body(StringBody("{\"q\": \"#{question}\"}"));
  }

  private static OverHttp over(HttpRequestActionBuilder request) {
    AppFormat json =
        new AppFormat.Json(
            AppFormat.Path.of("text", "answer"), AppFormat.Path.of("id", "conversation_id"));
    return new OverHttp("our app", request, json, "conversation", Optional.empty());
  }

  private static ScenarioContext context(LoopbackApp app) {
    return new ScenarioContext(
        app.core(),
        new ProtocolComponentsRegistries(app.core(), Converters.toScalaMap(Map.of()))
            .scenarioRegistry(Converters.toScalaMap(Map.of())),
        Constant$.MODULE$,
        false);
  }

  private static HttpCalls calls(OverHttp over, ScenarioContext context) {
    NanoClock clock = NanoClock.SYSTEM;
    LlmConfig config = Stage.settings(Path.of("unused"));
    return new HttpCalls(
        over,
        context,
        clock,
        new CallRecords(
            new RunClock(clock, clock.nanos(), Instant.EPOCH),
            OfHttp.NAME,
            config.record(),
            TokenCounter.standard()),
        Duration.ofSeconds(30),
        config.limit());
  }

  /** The events of one call by a user whose question this is. */
  private List<String> ask(LoopbackApp app, String question) {
    ScenarioContext context = context(app);
    HttpCalls calls = calls(over(question(app)), context);
    Session user = Session$.MODULE$.apply("asked", 1, app.loop());
    Session started = context.protocolComponentsRegistry().onStart().apply(user);
    Session asking = question.isEmpty() ? started : started.set("question", question);
    RecordingListener listener = new RecordingListener();
    LlmClient client = calls.clientOf(asking, kept::add);
    app.loop().execute(() -> client.start(LlmRequest.ofPrompt("for the record"), listener));
    List<String> events = listener.all();
    client.close();
    return events;
  }

  @Test
  void aRequestOfGatlingsDslIsSentAndItsAnswerRead() {
    try (LoopbackApp app = new LoopbackApp(200, ANSWER)) {
      assertThat(ask(app, "capital?"))
          .containsExactly("sent", "head 200", "output Paris", "completed");
      assertThat(app.bodies).containsExactly("{\"q\": \"capital?\"}");
      assertThat(kept).containsExactly("c-7");
    }
  }

  @Test
  void aRefusalOfTheApplicationIsTheFailureOfTheCall() {
    try (LoopbackApp app =
        new LoopbackApp(503, "{\"error\": {\"message\": \"closed for today\"}}")) {
      List<String> events = ask(app, "capital?");
      assertThat(events.subList(0, 2)).containsExactly("sent", "head 503");
      assertThat(events.get(2)).startsWith("failed REJECTED").contains("closed for today");
      assertThat(kept).isEmpty();
    }
  }

  @Test
  void aRequestThatCannotBeBuiltForItsUserIsACrashedCall() {
    try (LoopbackApp app = new LoopbackApp(200, ANSWER)) {
      List<String> events = ask(app, "");
      assertThat(events).hasSize(1);
      assertThat(events.get(0)).startsWith("failed CRASHED").contains("question");
      assertThat(app.bodies).isEmpty();
    }
  }

  @Test
  void theRecordNamesTheApplicationAndTheSessionKeepsItsValue() {
    try (LoopbackApp app = new LoopbackApp(200, ANSWER)) {
      HttpCalls calls = calls(over(question(app)), context(app));
      assertThat(calls.target()).isEqualTo("our app");
      assertThat(calls.savedAs()).isEqualTo("conversation");
      assertThat(calls.clientOf(Session$.MODULE$.apply("x", 0, app.loop()), kept::add).provider())
          .isEqualTo("http");
    }
  }

  @Test
  void checksOfTheRequestAreRefusedSinceNobodyWouldRunThem() {
    try (LoopbackApp app = new LoopbackApp(200, ANSWER)) {
      OverHttp checked = over(question(app).check(bodyString().exists()));
      assertThatThrownBy(() -> calls(checked, context(app)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("checks of a call over HTTP belong to the call");
    }
  }
}
