package dev.gatlingllm.gatling.engine;

import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.gatling.engine.Stage.template;
import static io.gatling.javaapi.core.CoreDsl.substring;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.call.LastCall;
import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.log.Output;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import io.gatling.core.session.Session;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlmActionTest {

  @TempDir private Path folder;

  private Stage stage(PlayedService service, String... settings) {
    return Stage.of(Stage.settings(folder, settings), service);
  }

  private static CallRecord onlyRecord(Stage stage) {
    List<CallRecord> records = stage.records();
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  @Test
  void aCallThatSucceedsIsCountedRecordedAndLetsItsUserGoOnWithItsRecord() {
    try (Stage stage = stage(PlayedService.silent())) {
      Session user = stage.user().enterGroup("level 4", stage.clock.nowMillis());
      stage.action(template("chat", "hello")).$bang(user);
      assertThat(stage.next.sessions).isEmpty();
      stage.advance(Duration.ofMillis(300));
      stage.service.answer(0, "All good.");

      Session after = stage.next.sessions.get(0);
      assertThat(after.isFailed()).isFalse();
      assertThat(LastCall.of(new io.gatling.javaapi.core.Session(after)).orElseThrow().name())
          .isEqualTo("chat");
      assertThat(stage.stats.group("chat").groups()).containsExactly("level 4", "chat");
      assertThat(stage.stats.group("chat").value()).isEqualTo(300);
      assertThat(stage.service.requests())
          .containsExactly(
              stage
                  .components
                  .config()
                  .request()
                  .request(stage.service.requests().get(0).messages()));
      assertThat(stage.witnessed).hasSize(1);
      CallRecord call = onlyRecord(stage);
      assertThat(call.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(call.model()).isEqualTo("simulated");
      assertThat(call.tokens().output()).hasValue(2);
    }
  }

  @Test
  void aCallThatFailsMarksItsUserAndItsErrorIsGatlingsMessage() {
    try (Stage stage = stage(PlayedService.silent())) {
      stage.action(template("chat", "hello")).$bang(stage.user());
      stage
          .service
          .call(0)
          .failed(stage.clock.nanos(), new Failure(Failure.Kind.REJECTED, 400, "BadRequest", "no"));

      assertThat(stage.next.sessions).hasSize(1);
      assertThat(stage.next.sessions.get(0).isFailed()).isTrue();
      assertThat(stage.stats.responses.get(0).status()).isEqualTo("KO");
      assertThat(stage.stats.responses.get(0).message())
          .hasValueSatisfying(text -> assertThat(text).contains("BadRequest"));
      assertThat(onlyRecord(stage).outcome()).isEqualTo(Outcome.REJECTED);
    }
  }

  @Test
  void aPromptThatCannotBeBuiltIsACrashedCallWithARecordAndNothingIsSent() {
    try (Stage stage = stage(PlayedService.silent())) {
      stage
          .action(
              template("chat", "hello")
                  .withPrompts(
                      session -> {
                        throw new IllegalStateException("private words");
                      }))
          .$bang(stage.user());

      assertThat(stage.service.requests()).isEmpty();
      assertThat(stage.next.sessions.get(0).isFailed()).isTrue();
      assertThat(stage.stats.responses).hasSize(1);
      CallRecord call = onlyRecord(stage);
      assertThat(call.outcome()).isEqualTo(Outcome.CRASHED);
      assertThat(call.name()).isEqualTo("chat");
      assertThat(call.error())
          .isEqualTo("not built: call 'chat' of scenario 'played': prompt: IllegalStateException");
      assertThat(call.errorDetail()).doesNotContain("private");
    }
  }

  private List<String> errorsOf(LlmActionBuilder call) {
    try (Stage stage = stage(PlayedService.silent())) {
      var action = call.asScala().build(stage.context(false), stage.next);
      for (String value : List.of("many", "few")) {
        action.$bang(stage.user().set("size", value).set("zero", value.length() - 4));
      }
      return stage.records().stream().map(CallRecord::error).distinct().toList();
    }
  }

  @Test
  void aCallThatCannotBeBuiltNamesCallScenarioPartAndAttribute() {
    String call = "not built: call 'chat' of scenario 'played': ";

    assertThat(errorsOf(llm("chat").prompt("private #{nobody}")))
        .containsExactly(call + "prompt: no attribute named 'nobody'");
    assertThat(errorsOf(llm("chat").prompt("hi").label("team", "#{team}")))
        .containsExactly(call + "label team: no attribute named 'team'");
    assertThat(errorsOf(llm("chat #{nobody}").prompt("hi")))
        .containsExactly(
            "not built: call 'unnamed call' of scenario 'played': name: no attribute named"
                + " 'nobody'");
    assertThat(errorsOf(llm("chat"))).containsExactly(call + NO_PROMPT);
    assertThat(errorsOf(llm("chat").prompt(user -> "to " + user.getInt("elsewhere"))))
        .containsExactly(call + "prompt: no attribute named 'elsewhere'");
    assertThat(errorsOf(llm("chat").prompt(user -> "to " + user.getInt("size"))))
        .containsExactly(call + "prompt: NumberFormatException");
  }

  @Test
  void aHeaderThatCannotBeSentIsNamedWithoutItsValue() {
    String call = "not built: call 'chat' of scenario 'played': ";

    assertThat(errorsOf(llm("chat").prompt("hi").header("x-session", user -> "Grüße")))
        .containsExactly(
            call + "header x-session must be printable ASCII on one line (the value is not shown)");
    assertThat(errorsOf(llm("chat").prompt("hi").header("x-session", "#{size}\n")))
        .hasSize(1)
        .allMatch(error -> error.startsWith(call + "header x-session must be printable"));
    assertThat(errorsOf(llm("chat").prompt("hi").header("x-session", "#{nobody}")))
        .containsExactly(call + "header x-session: no attribute named 'nobody'");
  }

  private static final String NO_PROMPT = "prompt: the call has neither prompt nor messages";

  @Test
  void aValueThatDoesNotFitIsOneRowWhateverItIs() {
    String call = "not built: call 'chat' of scenario 'played': ";

    assertThat(errorsOf(llm("chat").prompt("hi").maxTokens("#{size}")))
        .containsExactly(call + "maxTokens: #{size} is not a whole number");
    assertThat(errorsOf(llm("chat").prompt("hi").temperature("#{size}")))
        .containsExactly(call + "temperature: #{size} is not a number");
    assertThat(errorsOf(llm("chat").prompt("hi").maxTokens("#{zero}")))
        .containsExactly(call + "maxTokens must be a whole number of at least 1");
  }

  @Test
  void aCauseIsLoggedOnceWithItsCallAndWithoutItsMessage() {
    Output.scrub();
    PrintStream before = System.out;
    ByteArrayOutputStream logged = new ByteArrayOutputStream();
    try (Stage stage = stage(PlayedService.silent())) {
      LlmAction action =
          stage.action(
              template("chat", "hello")
                  .withPrompts(
                      session -> {
                        throw new IllegalStateException("private words");
                      }));
      System.setOut(new PrintStream(logged, true, UTF_8));
      action.$bang(stage.user());
      action.$bang(stage.user());
    } finally {
      System.setOut(before);
    }
    assertThat(logged.toString(UTF_8))
        .containsOnlyOnce("not built: call 'chat' of scenario 'played': prompt: Illegal")
        .contains("LlmActionTest.java")
        .doesNotContain("private words");
  }

  @Test
  void aCallWhoseNameCannotBeMadeIsRecordedAsUnnamed() {
    try (Stage stage = stage(PlayedService.silent())) {
      LlmAction action = stage.action(template("chat", "hello").withPrompts(s -> List.of()));
      action.crash(NextCall.of(stage.user(), stage.run.ledger()), new OutOfPaper());
      stage
          .action(
              dev.gatlingllm.gatling.call.CallTemplate.named(
                  session -> {
                    throw new OutOfPaper();
                  }))
          .crash(NextCall.of(stage.user(), stage.run.ledger()), new OutOfPaper());

      assertThat(stage.records())
          .extracting(CallRecord::name)
          .containsExactly("chat", "unnamed call");
    }
  }

  private static final class OutOfPaper extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Test
  void aHookMayChangeTheRequestThatIsSent() {
    Hook colder =
        new Hook() {
          @Override
          public LlmRequest beforeCall(String name, LlmRequest request) {
            return request.withModel("for " + name);
          }
        };
    PlayedService service = PlayedService.answering(Duration.ofMillis(5));
    try (Stage stage = Stage.of(Stage.settings(folder), service, colder)) {
      stage.action(template("chat", "hello")).$bang(stage.user());
      stage.advance(Duration.ofSeconds(1));

      assertThat(service.requests().get(0).model()).isEqualTo("for chat");
      assertThat(onlyRecord(stage).model()).isEqualTo("for chat");
    }
  }

  @Test
  void onceTheRunIsOverNobodyWaitsForAUserWhoComes() {
    ExecutorService ended = Executors.newSingleThreadExecutor();
    ended.shutdown();
    try (Stage stage =
        Stage.of(
            Stage.settings(folder),
            PlayedService.silent(),
            TokenCounter.standard(),
            ended,
            ImmediateEventExecutor.INSTANCE)) {
      stage.action(template("chat", "hello")).$bang(stage.user());

      assertThat(stage.next.sessions).isEmpty();
      assertThat(stage.stats.crashes).isEmpty();
      assertThat(stage.records()).isEmpty();
    }
  }

  @Test
  void aCheckThatDoesNotHoldFailsTheCallThatGatlingSawSucceed() {
    try (Stage stage = stage(PlayedService.silent())) {
      stage
          .action(template("chat", "hello").withChecks(List.of(substring("Paris"))))
          .$bang(stage.user());
      stage.service.answer(0, "London, of course.");

      assertThat(stage.next.sessions.get(0).isFailed()).isTrue();
      CallRecord call = onlyRecord(stage);
      assertThat(call.outcome()).isEqualTo(Outcome.CHECK_FAILED);
      assertThat(call.error()).startsWith("check failed: substring(Paris)");
      assertThat(stage.stats.responses.get(0).status()).isEqualTo("KO");
    }
  }
}
