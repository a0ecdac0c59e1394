package dev.gatlingllm.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.call.OverHttp;
import dev.gatlingllm.gatling.engine.PlayedService;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.prompt.ShapeProfile;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.provider.app.AppFormat;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CancelPlan;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.size.CallSize;
import dev.gatlingllm.size.CallSizes;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CoreDsl;
import io.gatling.javaapi.http.HttpDsl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlmActionBuilderTest {

  private static final LlmActionBuilder CALL = LlmActionBuilder.named(session -> "chat");

  @TempDir private Path folder;

  /** One user with two attributes makes the call. */
  private Played play(LlmActionBuilder call, String... settings) {
    PlayedService service = PlayedService.answering(Duration.ofMillis(10));
    try (Stage stage = Stage.of(Stage.settings(folder, settings), service)) {
      ChainBuilder chain =
          CoreDsl.exec(session -> session.set("city", "Paris").set("number", 3)).exec(call);
      stage.play(List.of(CoreDsl.scenario("one").exec(chain).injectOpen(CoreDsl.atOnceUsers(1))));
      List<CallRecord> records = stage.records();
      return new Played(service.requests().get(0), records.get(0));
    }
  }

  private record Played(LlmRequest request, CallRecord call) {
    double decimal(Parameter parameter) {
      return request.parameters().numbers().get(parameter).doubleValue();
    }

    List<String> texts() {
      return request.messages().stream().map(Message::text).toList();
    }
  }

  @Test
  void thePromptAndTheSystemPromptTakeTheirValuesFromTheSession() {
    Played played = play(CALL.prompt("Where is #{city}?").systemPrompt("Speak of #{city}."));
    assertThat(played.texts()).containsExactly("Speak of Paris.", "Where is Paris?");
    assertThat(played.request().messages().get(0).role()).isEqualTo(Message.Role.SYSTEM);
  }

  @Test
  void aTextThatIsNoExpressionIsCheckedAtOnce() {
    assertThatThrownBy(() -> CALL.maxTokens("many"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxTokens must be a whole number of at least 1, was many");
    assertThatThrownBy(() -> CALL.temperature("9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("temperature must be a number from 0 to 2, was 9");
    assertThatThrownBy(() -> CALL.reasoningEffort("gigantic"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("reasoningEffort must be one of ");
    Played played = play(CALL.prompt("x").maxTokens("12").temperature("0.5"));
    assertThat(played.decimal(Parameter.MAX_TOKENS)).isEqualTo(12);
    assertThat(played.decimal(Parameter.TEMPERATURE)).isEqualTo(0.5);
  }

  @Test
  void aConversationTakesThePlaceOfThePrompt() {
    assertThat(play(CALL.prompt("never sent").messages(List.of(Message.user("sent")))).texts())
        .containsExactly("sent");
  }

  @Test
  void aHeaderTakesItsValueFromTheSessionAndAnEmptyOneIsLeftOut() {
    LlmActionBuilder call =
        CALL.prompt("x")
            .header("x-city", "in #{city}")
            .header("X-Number", session -> "n" + session.getInt("number"))
            .header("x-literal", "{user}")
            .header("x-none", session -> "")
            .header("x-twice", "first")
            .header("X-Twice", "second");
    assertThat(play(call).request().headers().values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "x-city", "in Paris",
                "X-Number", "n3",
                "x-literal", "{user}",
                "X-Twice", "second"));
  }

  @Test
  void theHeadersOfTheSettingsAreThoseThatTheCallDoesNotSay() {
    Played played =
        play(
            CALL.prompt("x").header("x-user", "own"),
            "llm.request.headers.X-User={user}",
            "llm.request.headers.x-request={request} to {target}",
            "llm.request.headers.x-session={session}",
            "llm.request.headers.traceparent={traceparent}");
    assertThat(played.request().headers().values())
        .containsEntry("x-user", "own")
        .containsEntry("x-request", "0 to played")
        .extractingByKey("x-session")
        .asString()
        .matches("[0-9a-f-]{36}");
    assertThat(played.call().traceId()).hasSize(32).isEqualTo(played.request().headers().traceId());
    assertThat(play(CALL.prompt("x")).call().traceId()).isEmpty();
  }

  @Test
  void aTraceIsBegunWhereTheCallAsksForIt() {
    Played played = play(CALL.prompt("x").traceparent());
    assertThat(played.call().traceId()).hasSize(32).isEqualTo(played.request().headers().traceId());
  }

  @Test
  void aHeaderThatCannotBeSetIsRefusedWhereItIsWritten() {
    assertThatThrownBy(() -> CALL.header("Host", "x"))
        .hasMessage("header Host cannot be set: the client says this header itself");
    assertThatThrownBy(() -> CALL.header("api-key", "hidden"))
        .hasMessageStartingWith("header api-key is a secret")
        .hasMessageContaining("session -> System.getenv(")
        .hasMessageNotContaining("hidden");
    assertThat(CALL.header("Authorization", "Bearer #{token}")).isNotSameAs(CALL);
  }

  @Test
  void aCallOverHttpHasTheHeadersOfItsOwnRequest() {
    OverHttp http =
        new OverHttp(
            "app",
            HttpDsl.http("ask").post("http://127.0.0.1:9/"),
            new AppFormat.Text(Optional.empty()),
            "id",
            Optional.empty());
    assertThatThrownBy(() -> CALL.prompt("x").traceparent().over(http).asScala())
        .hasMessageStartingWith("a call over HTTP has the headers of its own request");
    assertThat(CALL.prompt("x").over(http).asScala()).isNotNull();
  }

  @Test
  void everyParameterMayBeANumberOrAnExpression() {
    Played numbers =
        play(
            CALL.prompt("x")
                .maxTokens(7)
                .temperature(0.5)
                .topP(0.25)
                .presencePenalty(-1)
                .frequencyPenalty(1)
                .n(2)
                .thinkingBudget(9)
                .seed(11));
    assertThat(numbers.request().maxTokens()).hasValue(7);
    assertThat(numbers.request().choices()).isEqualTo(2);
    assertThat(numbers.decimal(Parameter.TEMPERATURE)).isEqualTo(0.5);
    assertThat(numbers.decimal(Parameter.TOP_P)).isEqualTo(0.25);
    assertThat(numbers.decimal(Parameter.PRESENCE_PENALTY)).isEqualTo(-1);
    assertThat(numbers.decimal(Parameter.FREQUENCY_PENALTY)).isEqualTo(1);
    assertThat(numbers.decimal(Parameter.THINKING_BUDGET)).isEqualTo(9);
    assertThat(numbers.decimal(Parameter.SEED)).isEqualTo(11);

    Played expressions =
        play(
            CALL.prompt("x")
                .maxTokens("#{number}")
                .temperature("0.#{number}")
                .topP("0.#{number}")
                .presencePenalty("1.#{number}")
                .frequencyPenalty("-1.#{number}")
                .n("#{number}")
                .thinkingBudget("#{number}")
                .seed(session -> 4L + session.getInt("number")));
    assertThat(expressions.request().maxTokens()).hasValue(3);
    assertThat(expressions.request().choices()).isEqualTo(3);
    assertThat(expressions.decimal(Parameter.TEMPERATURE)).isEqualTo(0.3);
    assertThat(expressions.decimal(Parameter.TOP_P)).isEqualTo(0.3);
    assertThat(expressions.decimal(Parameter.PRESENCE_PENALTY)).isEqualTo(1.3);
    assertThat(expressions.decimal(Parameter.FREQUENCY_PENALTY)).isEqualTo(-1.3);
    assertThat(expressions.decimal(Parameter.THINKING_BUDGET)).isEqualTo(3);
    assertThat(expressions.decimal(Parameter.SEED)).isEqualTo(7);
  }

  @Test
  void aNumberThatNoServiceTakesIsRefusedAtOnce() {
    assertThatThrownBy(() -> CALL.temperature(2.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("temperature");
    assertThatThrownBy(() -> CALL.n(0)).hasMessageContaining("n must be");
  }

  @Test
  void whatTheCallSaysGoesOverTheSettingsAndTheRestStays() {
    Played played =
        play(
            CALL.prompt("x").temperature(0.1).stop("END").reasoningEffort("low"),
            "llm.request.temperature=0.9",
            "llm.request.topP=0.8");
    Parameters sent = played.request().parameters();
    assertThat(sent.numbers().get(Parameter.TEMPERATURE)).isEqualTo(0.1);
    assertThat(sent.numbers().get(Parameter.TOP_P)).isEqualTo(0.8);
    assertThat(sent.stop()).containsExactly("END");
    assertThat(sent.reasoningEffort()).isEqualTo("low");
  }

  @Test
  void furtherFieldsOfTheBodyAreMergedOverThoseOfTheSettings() {
    Map<String, Object> sent =
        play(
                CALL.prompt("x").extraBody(Map.of("user", "u-1")),
                "llm.request.extraBody.user=nobody",
                "llm.request.extraBody.store=false")
            .request()
            .extraBody();
    assertThat(sent).containsEntry("user", "u-1").containsKey("store");
  }

  @Test
  void aWholeRequestIsSentAndPartsBesideItTakeThePlaceOfItsOwn() {
    LlmRequest asked = LlmRequest.ofPrompt("whole").withModel("theirs").withMaxTokens(5);
    Played played =
        play(
            CALL.request(session -> asked).maxTokens(6),
            "llm.request.temperature=0.4",
            "llm.request.streaming=false");
    assertThat(played.texts()).containsExactly("whole");
    assertThat(played.request().maxTokens()).hasValue(6);
    assertThat(played.decimal(Parameter.TEMPERATURE)).isEqualTo(0.4);
    assertThat(played.request().streaming()).isFalse();
  }

  @Test
  void whereACallGoesAndHowItIsLabelledMayDependOnTheUser() {
    Played played =
        play(
            CALL.prompt("x")
                .model("model-#{number}")
                .region("#{city}")
                .latencyMode(session -> "optimized")
                .label("city", "#{city}")
                .label("empty", session -> "")
                .notStreaming());
    assertThat(played.request().model()).isEqualTo("model-3");
    assertThat(played.request().region()).isEqualTo("Paris");
    assertThat(played.request().latencyMode()).isEqualTo("optimized");
    assertThat(played.call().labels()).isEqualTo(Map.of("city", "Paris"));
    assertThat(played.call().streaming()).isFalse();
    assertThat(played.call().model()).isEqualTo("model-3");
  }

  @Test
  void aShapeGivesEveryCallAPromptOfItsSize() {
    Prompts prompts = Prompts.of(Stage.settings(folder));
    Played played = play(CALL.shape(prompts, ShapeProfile.custom(90, 12)));
    assertThat(played.call().tokens().requestedInput()).hasValue(90);
    assertThat(played.request().maxTokens()).hasValue(12);
  }

  @Test
  void anArrivalHasTheSizesOfItsNumberAndTheNameOfItsShape() {
    LlmConfig config =
        Stage.settings(
            folder,
            "llm.load.rpm=30000",
            "llm.load.requests=40",
            "llm.profile.mix=50 % custom 90/12, 50 % custom 120/7");
    Prompts prompts = Prompts.of(config);
    CallSizes sizes = prompts.sizes(config);
    PlayedService service = PlayedService.answering(Duration.ofMillis(1));
    try (Stage stage = Stage.of(config, service)) {
      stage.play(List.of(Load.of(config).inject("mix", CALL.sizes(prompts, sizes))));
      List<CallRecord> byArrival =
          stage.records().stream()
              .sorted(Comparator.comparingLong(call -> call.times().arrival()))
              .toList();
      assertThat(byArrival)
          .extracting(
              call ->
                  new CallSize(
                      call.labels().get("shape"),
                      call.tokens().requestedInput().getAsInt(),
                      call.tokens().requestedOutput().getAsInt()))
          .isEqualTo(LongStream.range(0, 40).mapToObj(sizes::of).toList());
    }
  }

  @Test
  void callsOfOneShapeHaveNoLabelOfIt() {
    LlmConfig config = Stage.settings(folder, "llm.profile.inputTokens=uniform 60 to 90");
    Prompts prompts = Prompts.of(config);
    Played played = play(CALL.sizes(prompts, prompts.sizes(config)));
    assertThat(played.call().labels()).isEmpty();
    assertThat(played.call().tokens().requestedInput())
        .hasValue(prompts.sizes(config).of(0).contextTokens());
  }

  @Test
  void sizesMayComeFromTheSession() {
    Prompts prompts = Prompts.of(Stage.settings(folder));
    Played played =
        play(CALL.sizes(prompts, session -> 100, session -> session.getInt("number") + 10));
    assertThat(played.call().tokens().requestedInput()).hasValue(100);
    assertThat(played.request().maxTokens()).hasValue(13);
  }

  @Test
  void aBuilderIsLeftAsItIsByItsMethods() {
    LlmActionBuilder plain = CALL.prompt("x");
    var unused = plain.maxTokens(7).model("another");
    assertThat(play(plain).request().maxTokens()).isEmpty();
    assertThat(play(plain).request().model()).isEmpty();
  }

  @Test
  void anAttachmentThatIsNotThereIsRefusedAtOnce() {
    assertThatThrownBy(() -> CALL.attach(Path.of("nowhere.png")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nowhere.png");
  }

  @Test
  void aCallThatIsToBeCancelledIsAlsoWithoutASetting() {
    LlmActionBuilder call = CALL.prompt("Hi");
    assertThat(play(call).call().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(play(call.cancelAfter(Duration.ofMillis(5))).call().outcome())
        .isEqualTo(Outcome.CANCELLED);
    assertThat(play(call.cancelAfter(Duration.ofMillis(15))).call().outcome())
        .isEqualTo(Outcome.SUCCEEDED);
    assertThat(play(call.cancelAfterFirstToken(Duration.ZERO)).call().outcome())
        .isEqualTo(Outcome.CANCELLED);
    assertThat(play(call.cancelShare(0).cancelAfter(Duration.ZERO)).call().cancel())
        .isEqualTo(CancelPlan.NONE);
  }

  @Test
  void whatAnActionSaysOfCancellingTakesThePlaceOfTheSettings() {
    String[] settings = {"llm.cancel.share=1", "llm.cancel.after=5 ms"};
    assertThat(play(CALL.prompt("Hi"), settings).call().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(play(CALL.prompt("Hi").cancelShare(0), settings).call().outcome())
        .isEqualTo(Outcome.SUCCEEDED);
    assertThatThrownBy(() -> play(CALL.prompt("Hi").cancelShare(0.3)))
        .hasMessageContaining("cancelShare(0.3) needs cancelAfter");
  }
}
