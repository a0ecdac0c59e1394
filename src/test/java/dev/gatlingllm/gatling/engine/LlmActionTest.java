package dev.gatlingllm.gatling.engine;

import static dev.gatlingllm.gatling.engine.Stage.template;
import static io.gatling.javaapi.core.CoreDsl.substring;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.gatling.call.LastCall;
import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import io.gatling.core.session.Session;
import io.netty.util.concurrent.ImmediateEventExecutor;
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
      assertThat(call.error()).isEqualTo("crashed: IllegalStateException");
      assertThat(call.errorDetail()).doesNotContain("private");
    }
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
