package dev.gatlingllm.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.stats.CallFixture;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HooksTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream console = new PrintStream(printed, true, UTF_8);

  private static Hook bounding(int tokens) {
    return new Hook() {
      @Override
      public LlmRequest beforeCall(String name, LlmRequest request) {
        return request.withMaxTokens(request.maxTokens().orElse(0) + tokens);
      }
    };
  }

  @Test
  void eachHookGetsTheRequestThatTheOneBeforeItMade() {
    Hooks hooks = new Hooks(List.of(bounding(3), bounding(4)), console);
    assertThat(hooks.beforeCall("chat", LlmRequest.ofPrompt("Hi")).maxTokens()).hasValue(7);
  }

  @Test
  void aHookThatFailsChangesNothingAndIsReportedOnceAndCounted() {
    Hook failing =
        new Hook() {
          @Override
          public LlmRequest beforeCall(String name, LlmRequest request) {
            throw new IllegalStateException("My secret prompt");
          }
        };
    Hooks hooks = new Hooks(List.of(bounding(3), failing, bounding(4)), console);
    for (int i = 0; i < 3; i++) {
      assertThat(hooks.beforeCall("chat", LlmRequest.ofPrompt("Hi")).maxTokens()).hasValue(7);
    }
    assertThat(printed.toString(UTF_8).lines())
        .hasSize(1)
        .allMatch(line -> line.contains("beforeCall failed with IllegalStateException; the run"));
    assertThat(printed.toString(UTF_8)).doesNotContain("secret");
    hooks.afterRun(null, null);
    assertThat(printed.toString(UTF_8)).contains("IllegalStateException, 3 times");
  }

  @Test
  void aHookThatReturnsNoRequestIsOneThatFails() {
    Hook silent =
        new Hook() {
          @Override
          public LlmRequest beforeCall(String name, LlmRequest request) {
            return null;
          }
        };
    LlmRequest request = LlmRequest.ofPrompt("Hi");
    assertThat(new Hooks(List.of(silent), console).beforeCall("chat", request)).isSameAs(request);
    assertThat(printed.toString(UTF_8)).contains("failed with NullPointerException");
  }

  @Test
  void everyCallThatEndedIsToldOfInOrderBeforeTheRunIs() {
    List<Long> told = Collections.synchronizedList(new ArrayList<>());
    Hook noting =
        new Hook() {
          @Override
          public void afterCall(CallRecord call, String answer) {
            told.add(call.id());
          }
        };
    Hooks hooks = new Hooks(List.of(noting), console);
    for (int i = 0; i < 100; i++) {
      hooks.afterCall(CallFixture.call().id(i).record(), "");
    }
    hooks.finishCalls();
    assertThat(told).hasSize(100).isSorted();
    assertThat(printed.toString(UTF_8)).isEmpty();
  }

  @Test
  void callsThatASlowHookWasNotToldOfAreCounted() {
    CountDownLatch never = new CountDownLatch(1);
    Hook slow =
        new Hook() {
          @Override
          public void afterCall(CallRecord call, String answer) throws InterruptedException {
            never.await();
          }
        };
    Hooks hooks = new Hooks(List.of(slow), console, 10);
    hooks.afterCall(CallFixture.call().id(1).record(), "");
    hooks.afterCall(CallFixture.call().id(2).record(), "");
    hooks.finishCalls();
    assertThat(printed.toString(UTF_8)).contains("hooks missed ", "too slow");
  }

  @Test
  void aHookThatNeverReturnsDoesNotHoldTheEnd() {
    CountDownLatch never = new CountDownLatch(1);
    Hook slow =
        new Hook() {
          @Override
          public void afterRun(RunInfo run, Path folder) throws InterruptedException {
            never.await();
          }
        };
    new Hooks(List.of(slow), console, 10).afterRun(null, Path.of("run"));
    assertThat(printed.toString(UTF_8)).contains("afterRun goes on for too long");
  }

  @Test
  void aHookWhoseExceptionCannotBeReadIsOneThatFails() {
    Hook failing =
        new Hook() {
          @Override
          public LlmRequest beforeCall(String name, LlmRequest request) {
            throw new IllegalStateException() {
              private static final long serialVersionUID = 1;

              @Override
              public String getMessage() {
                throw new IllegalStateException("no message");
              }
            };
          }
        };
    LlmRequest request = LlmRequest.ofPrompt("Hi");
    assertThat(new Hooks(List.of(failing), console).beforeCall("chat", request)).isSameAs(request);
  }
}
