package dev.gatlingllm.gatling.engine;

import static dev.gatlingllm.gatling.engine.Stage.template;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.call.CallTemplate;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.prompt.Tokenizer;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.run.CallRecords;
import io.gatling.core.session.Session;
import io.gatling.core.session.Session$;
import io.gatling.javaapi.core.CoreDsl;
import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndedCallTest {

  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path folder;

  private Stage stage(Tokenizer tokenizer) {
    return Stage.of(Stage.settings(folder), PlayedService.silent(), tokenizer);
  }

  private Stage stage(ExecutorService counters) {
    return Stage.of(
        Stage.settings(folder),
        PlayedService.silent(),
        TokenCounter.standard(),
        ImmediateEventExecutor.INSTANCE,
        counters);
  }

  /** The call is complete, but the service says nothing of tokens. */
  private static void completeWithoutUsage(Stage stage, String text) {
    long now = stage.clock.nanos();
    stage.service.call(0).output(now, OutputKind.CONTENT, text);
    stage.service.call(0).completed(now);
  }

  private static CallRecord onlyRecord(Stage stage) {
    List<CallRecord> records = stage.records();
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  @Test
  void tokensThatTheServiceDoesNotReportAreCounted() {
    try (Stage stage = stage(text -> text.split(" ").length)) {
      stage.action(template("chat", "one two three")).$bang(stage.user());
      completeWithoutUsage(stage, "four words of answer");

      CallRecord call = onlyRecord(stage);
      assertThat(call.tokens().estimated()).isTrue();
      assertThat(call.tokens().input()).hasValue(3);
      assertThat(call.tokens().output()).hasValue(4);
    }
  }

  @Test
  void aTokenizerThatFailsCrashesTheCallAndItsUserGoesOn() {
    Tokenizer broken =
        text -> {
          throw new IllegalStateException(text);
        };
    try (Stage stage = stage(broken)) {
      stage.action(template("chat", "hello")).$bang(stage.user());
      completeWithoutUsage(stage, "private words");

      assertThat(stage.next.sessions.get(0).isFailed()).isTrue();
      CallRecord call = onlyRecord(stage);
      assertThat(call.outcome()).isEqualTo(Outcome.CRASHED);
      assertThat(call.error()).isEqualTo("crashed: IllegalStateException in the tokenizer");
      assertThat(call.tokens().output()).isEmpty();
    }
  }

  @Test
  void aCallWhoseTokensNobodyCountsAnyMoreIsACrashedOne() {
    ExecutorService ended = Executors.newSingleThreadExecutor();
    ended.shutdown();
    try (Stage stage = stage(ended)) {
      stage.action(template("chat", "hello")).$bang(stage.user());
      completeWithoutUsage(stage, "an answer");

      assertThat(stage.next.sessions).hasSize(1);
      assertThat(onlyRecord(stage).error())
          .isEqualTo("crashed: RejectedExecutionException in the tokenizer");
    }
  }

  @Test
  void aCheckThatThrowsIsACheckThatFailed() {
    try (Stage stage = stage(TokenCounter.standard())) {
      CallTemplate checked =
          template("chat", "hello")
              .withChecks(
                  List.of(
                      bodyString()
                          .transform(
                              text -> {
                                throw new IllegalStateException("oops");
                              })
                          .exists()));
      stage.action(checked).$bang(stage.user());
      stage.service.answer(0, "An answer.");

      assertThat(stage.next.sessions.get(0).isFailed()).isTrue();
      assertThat(onlyRecord(stage).outcome()).isEqualTo(Outcome.CHECK_FAILED);
    }
  }

  @Test
  void statisticsThatFailCrashTheCallButLoseNeitherItsRecordNorItsUser() {
    try (Stage stage = stage(TokenCounter.standard())) {
      stage.stats.fail();
      stage.action(template("chat", "hello")).$bang(stage.user());
      stage.service.answer(0, "An answer.");

      assertThat(stage.next.sessions).hasSize(1);
      assertThat(onlyRecord(stage).error())
          .isEqualTo("crashed: IllegalStateException in the metrics");
    }
  }

  @Test
  void aCallInFlightWhenTheRunEndsIsUnfinishedAndItsUserDoesNotGoOn() {
    try (Stage stage = stage(TokenCounter.standard())) {
      stage.action(template("chat", "hello")).$bang(stage.user());

      assertThat(onlyRecord(stage).outcome()).isEqualTo(Outcome.UNFINISHED);
      assertThat(stage.service.cancelled()).isEqualTo(1);
      assertThat(stage.next.sessions).isEmpty();
      assertThat(stage.stats.responses).isEmpty();
    }
  }

  @Test
  void aCallThatEndsAfterItsEventLoopWasShutDownKeepsItsRecord() {
    DefaultEventLoop gone = new DefaultEventLoop();
    gone.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    try (Stage stage = stage(TokenCounter.standard())) {
      EndedCall end = end(stage, Session$.MODULE$.apply("played", 7, gone));
      LlmCall call = started(stage, end);
      stage.service.answer(0, "An answer.");

      assertThat(call.lateEvents()).isZero();
      assertThat(onlyRecord(stage).outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(end.isOver()).isFalse();
    }
  }

  private static EndedCall end(Stage stage, Session session) {
    CallRecords.Caller caller =
        new CallRecords.Caller(
            stage.run.nextCallId(), "chat", List.of(), Map.of(), "m", OptionalInt.empty());
    return new EndedCall(
        stage.action(template("chat", "hello")),
        session,
        stage.components.records(),
        caller,
        LlmRequest.ofPrompt("hello"),
        Optional.empty());
  }

  private static LlmCall started(Stage stage, EndedCall end) {
    LlmCall call =
        new LlmCall(
            stage.service,
            LlmRequest.ofPrompt("hello"),
            stage.clock.nanos(),
            stage.components.limits(),
            stage.components.retry(),
            new EventLoopTimer(stage.loop),
            stage.clock,
            end);
    end.of(call);
    stage.components.inFlight().acquire(held -> {});
    stage.run.started(call, end, stage.run.ledger().open());
    call.start();
    return call;
  }

  /** Keeps what it should run. */
  private static final class Never extends AbstractExecutorService {
    private final List<Runnable> tasks = new ArrayList<>();

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return tasks;
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  @Test
  void aCallWhoseEndHangsIsGivenUpAfterTheGraceOnceAndItsUserGoesOn() {
    Never counters = new Never();
    try (Stage stage = stage(counters)) {
      EndedCall end = end(stage, stage.user());
      var unused = started(stage, end);
      assertThat(end.endIfStuck(30 * SECOND)).isFalse();
      completeWithoutUsage(stage, "an answer");
      assertThat(end.endIfStuck(30 * SECOND)).isFalse();
      stage.clock.moveTo(stage.clock.nanos() + 30 * SECOND);

      assertThat(end.endIfStuck(30 * SECOND)).isTrue();
      assertThat(end.endIfStuck(30 * SECOND)).isFalse();
      assertThat(end.isOver()).isTrue();
      assertThat(stage.next.sessions.get(0).isFailed()).isTrue();
      assertThat(stage.stats.responses).hasSize(1);
      counters.tasks.forEach(Runnable::run);
      assertThat(stage.next.sessions).hasSize(1);
      assertThat(onlyRecord(stage).error())
          .isEqualTo("crashed: TimeoutException in the code at its end");
    }
  }

  @Test
  void theRecordOfACallWhoseTokensAreStillCountedWhenTheRunEndsIsKeptWithoutThem() {
    try (Stage stage = stage(new Never())) {
      EndedCall end = end(stage, stage.user());
      var unused = started(stage, end);
      end.recordNow();
      completeWithoutUsage(stage, "an answer");
      end.recordNow();
      end.recordNow();

      CallRecord call = onlyRecord(stage);
      assertThat(call.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(call.tokens().output()).isEmpty();
    }
  }

  private static TokenUsage asTheStreamBegins() {
    return new TokenUsage(
        OptionalLong.of(10),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.of(1),
        OptionalLong.empty());
  }

  @Test
  void aCallThatItsClientCancelsHasTheTokensUntilThenAndItsUserGoesOnUnharmed() {
    LlmConfig settings =
        Stage.settings(folder, "llm.cancel.share=1", "llm.cancel.afterFirstToken=0 ms");
    try (Stage stage = Stage.of(settings, PlayedService.silent(), text -> text.split(" ").length)) {
      CallTemplate checked =
          template("chat", "one two three")
              .withChecks(List.of(CoreDsl.substring("never said").exists()));
      stage.action(checked).$bang(stage.user());
      stage.service.call(0).usage(asTheStreamBegins());
      stage.service.call(0).output(stage.clock.nanos(), OutputKind.CONTENT, "two words");

      assertThat(stage.next.sessions).hasSize(1);
      assertThat(stage.next.sessions.get(0).isFailed()).isFalse();
      assertThat(stage.service.cancelled()).isEqualTo(1);
      assertThat(stage.stats.responses).hasSize(1);
      assertThat(stage.stats.responses.get(0).status()).isEqualTo("OK");
      CallRecord call = onlyRecord(stage);
      assertThat(call.outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(call.error()).isEmpty();
      assertThat(call.tokensPartial()).isTrue();
      assertThat(call.tokens().estimated()).isTrue();
      assertThat(call.tokens().input()).hasValue(10);
      assertThat(call.tokens().output()).as("not the 1 of its first event").hasValue(2);
      assertThat(call.cancel().afterFirstToken()).hasValue(0);
    }
  }
}
