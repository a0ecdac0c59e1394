package dev.gatlingllm.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.ConnectionUse;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.record.Outcome;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LlmCallTest {

  private static final long SECOND = 1_000_000_000L;
  private static final CallLimits LIMITS =
      new CallLimits(10 * SECOND, 30 * SECOND, 5 * SECOND, 120 * SECOND);
  private static final Failure THROTTLED =
      new Failure(Failure.Kind.THROTTLED, 429, "429", "slow down");

  private final ManualTimer timer = new ManualTimer();
  private final ScriptedClient client = new ScriptedClient();
  private final List<Long> lags = new ArrayList<>();
  private final List<Long> backlogs = new ArrayList<>();
  private final List<CallResult> results = new ArrayList<>();

  private LlmCall start(RetryPolicy retry) {
    return start(client, LlmRequest.ofPrompt("hello"), retry);
  }

  private LlmCall start(LlmClient of, LlmRequest request, RetryPolicy retry) {
    LlmCall call =
        new LlmCall(of, request, 1_000, LIMITS, retry, timer, timer::nowNanos, results::add);
    call.start();
    return call;
  }

  private void startWatched(RetryPolicy retry) {
    CallProbe watch =
        new CallProbe() {
          @Override
          public void sent(long delayNanos) {
            lags.add(delayNanos);
          }

          @Override
          public void decoded(long backlogNanos) {
            backlogs.add(backlogNanos);
          }
        };
    start(LIMITS, retry, timer, watch);
  }

  private LlmCall start(CallLimits limits, RetryPolicy retry, Timer timerOfCall, CallProbe watch) {
    LlmRequest request = LlmRequest.ofPrompt("hello");
    LlmCall call =
        new LlmCall(
            client,
            request,
            1_000,
            limits,
            retry,
            timerOfCall,
            timer::nowNanos,
            watch,
            results::add);
    call.start();
    return call;
  }

  private CallResult theOnlyResult() {
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  private static ResponseHead head(int status, OptionalLong retryAfterMillis) {
    return new ResponseHead(
        status,
        "id",
        "",
        OptionalLong.empty(),
        OptionalLong.empty(),
        retryAfterMillis,
        OptionalDouble.empty());
  }

  @Test
  void aCompleteStreamSucceedsWithItsInstantsTextAndUsage() {
    start(RetryPolicy.NONE);
    CallListener service = client.attempt(0);
    service.head(2_000, head(200, OptionalLong.empty()));
    service.output(3_000, OutputKind.REASONING, "hm");
    service.output(4_000, OutputKind.CONTENT, "Hel");
    service.output(7_000, OutputKind.CONTENT, "lo");
    service.finish("stop");
    service.usage(TokenUsage.NONE);
    service.completed(8_000);

    CallResult result = theOnlyResult();
    assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(result.answer().kept()).isEqualTo("Hello");
    assertThat(result.reasoning().kept()).isEqualTo("hm");
    assertThat(result.finishReason()).isEqualTo("stop");
    assertThat(result.timeline().start()).hasValue(1_000);
    assertThat(result.timeline().head()).hasValue(2_000);
    assertThat(result.timeline().firstOutput()).hasValue(3_000);
    assertThat(result.timeline().firstVisible()).hasValue(4_000);
    assertThat(result.timeline().lastOutput()).hasValue(7_000);
    assertThat(result.timeline().end()).hasValue(8_000);
    assertThat(result.timeline().interChunkNanos()).containsExactly(1_000, 3_000);
    assertThat(timer.pending()).isZero();
  }

  @Test
  void aFinishReasonThatMeansFailureFailsTheCall() {
    start(RetryPolicy.NONE);
    client.attempt(0).output(3_000, OutputKind.CONTENT, "Hel");
    client.attempt(0).finish("abort");
    client.attempt(0).completed(4_000);

    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.BROKEN);
    assertThat(theOnlyResult().error()).isEqualTo("the service gave up (finish reason abort)");
  }

  @Test
  void ofSeveralAnswersOneThatFailedFailsTheCall() {
    start(RetryPolicy.NONE);
    client.attempt(0).output(3_000, OutputKind.CONTENT, "Hel");
    client.attempt(0).finish("error");
    client.attempt(0).finish("stop");
    client.attempt(0).completed(4_000);

    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.BROKEN);
  }

  @Test
  void outputWithoutTextIsAChunkAndNoEmptyAnswer() {
    start(RetryPolicy.NONE);
    client.attempt(0).outputWithoutText(3_000, OutputKind.REASONING);
    client.attempt(0).outputWithoutText(5_000, OutputKind.TOOL_CALL);
    client.attempt(0).finish("tool_calls");
    client.attempt(0).completed(8_000);

    CallResult result = theOnlyResult();
    assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(result.timeline().firstOutput()).hasValue(3_000);
    assertThat(result.timeline().firstVisible()).hasValue(5_000);
    assertThat(result.timeline().chunks()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void saysThatAnImageOrAudioCame(boolean withText) {
    start(RetryPolicy.NONE);
    client.attempt(0).output(3_000, OutputKind.CONTENT, "Here");
    if (withText) {
      client.attempt(0).output(5_000, OutputKind.MEDIA, "said");
    } else {
      client.attempt(0).outputWithoutText(5_000, OutputKind.MEDIA);
    }
    client.attempt(0).completed(8_000);

    assertThat(theOnlyResult().media()).isTrue();
  }

  @Test
  void aSummaryIsReasoningThatNobodySeesAndNotTheReasoningItself() {
    start(RetryPolicy.NONE);
    client.attempt(0).output(3_000, OutputKind.REASONING_SUMMARY, "Hm");
    client.attempt(0).output(5_000, OutputKind.CONTENT, "x");
    client.attempt(0).completed(8_000);

    CallResult result = theOnlyResult();
    assertThat(result.timeline().firstVisible()).hasValue(5_000);
    assertThat(result.reasoning().kept()).isEqualTo("Hm");
    assertThat(result.reasoningStreamed()).isFalse();
  }

  @Test
  void anAnswerUsedUpByHiddenReasoningIsEmptyForThatReason() {
    start(RetryPolicy.NONE);
    OptionalLong unknown = OptionalLong.empty();
    OptionalLong all = OptionalLong.of(300);
    client.attempt(0).usage(new TokenUsage(unknown, unknown, unknown, all, all));
    client.attempt(0).finish("length");
    client.attempt(0).completed(8_000);

    assertThat(theOnlyResult().error())
        .isEqualTo("empty answer: hidden reasoning used it up (finish reason length)");
  }

  @Test
  void aRetryForgetsTheConnectionAndTheServerOfTheAttemptBefore() {
    start(new RetryPolicy(false, true, 2, SECOND, 60 * SECOND, () -> 1));
    client.attempt(0).connection(ConnectionUse.REUSED);
    client.attempt(0).served(new Served("m", "", "", OptionalLong.empty()));
    client.attempt(0).failed(2_000, THROTTLED);
    timer.advance(SECOND);
    client.attempt(1).output(timer.nowNanos(), OutputKind.CONTENT, "x");
    client.attempt(1).completed(timer.nowNanos());

    assertThat(theOnlyResult().connection()).isEqualTo(ConnectionUse.UNKNOWN);
    assertThat(theOnlyResult().served()).isEqualTo(Served.UNKNOWN);
  }

  @Test
  void aCallThatFailsKeepsTheRequestIdOfTheService() {
    start(RetryPolicy.NONE);
    client.attempt(0).head(2_000, head(200, OptionalLong.empty()));
    client.attempt(0).output(3_000, OutputKind.CONTENT, "Hel");
    client.attempt(0).failed(4_000, new Failure(Failure.Kind.BROKEN, 200, "server_error", "Sorry"));

    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.BROKEN);
    assertThat(theOnlyResult().head().requestId()).isEqualTo("id");
  }

  @Test
  void theCallStartsWhenItsRequestIsBuiltAndALaterAttemptDoesNotMoveThat() {
    start(new RetryPolicy(false, true, 5, SECOND, 60 * SECOND, () -> 1));
    client.attempt(0).sent(1_700);
    client.attempt(0).failed(2_000, THROTTLED);
    timer.advance(SECOND);
    client.attempt(1).sent(timer.nowNanos() + 5);
    client.attempt(1).output(timer.nowNanos() + 10, OutputKind.CONTENT, "a");
    client.attempt(1).completed(timer.nowNanos() + 11);

    assertThat(theOnlyResult().timeline().start()).hasValue(1_700);
    assertThat(theOnlyResult().attempts().get(0).startNanos()).isEqualTo(1_700);
    assertThat(theOnlyResult().attempts().get(1).startNanos()).isEqualTo(timer.nowNanos() + 5);
  }

  @Test
  void theScheduleDelayIsToldOnceWhenTheRequestIsHandedOver() {
    startWatched(new RetryPolicy(false, true, 5, SECOND, 60 * SECOND, () -> 1));
    assertThat(lags).isEmpty();
    client.attempt(0).sent(1_700);
    assertThat(lags).containsExactly(700L);
    client.attempt(0).failed(2_000, THROTTLED);
    timer.advance(SECOND);
    client.attempt(1).sent(timer.nowNanos());
    client.attempt(1).completed(timer.nowNanos());
    assertThat(lags).containsExactly(700L);
  }

  @Test
  void theScheduleDelayOfACallWhoseClientDoesNotTellTheHandingOverIsToldAtItsEnd() {
    startWatched(RetryPolicy.NONE);
    client.attempt(0).completed(2_000);
    assertThat(lags).containsExactly(0L);
  }

  @Test
  void everyChunkTellsHowLongItWaitedToBeDecoded() {
    startWatched(RetryPolicy.NONE);
    timer.advance(5_000);
    client.attempt(0).output(6_000, OutputKind.CONTENT, "a");
    client.attempt(0).output(2_000, OutputKind.REASONING, "b");
    assertThat(backlogs).containsExactly(0L, 4_000L);
  }

  @Test
  void aCallEndsOnceAndWhatComesLaterIsCounted() {
    LlmCall call = start(RetryPolicy.NONE);
    client.attempt(0).output(2_000, OutputKind.CONTENT, "a");
    client.attempt(0).completed(3_000);
    client.attempt(0).output(4_000, OutputKind.CONTENT, "b");
    client.attempt(0).failed(5_000, THROTTLED);
    call.abandon();

    assertThat(theOnlyResult().answer().kept()).isEqualTo("a");
    assertThat(call.lateEvents()).isEqualTo(2);
  }

  @Test
  void aStreamThatNeverBeginsEndsAtTheFirstTokenLimit() {
    start(RetryPolicy.NONE);
    timer.advance(30 * SECOND - 1);
    assertThat(results).isEmpty();
    timer.advance(1);

    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(theOnlyResult().error()).isEqualTo("timeout: no first token in 30 s");
    assertThat(client.cancelled).isEqualTo(1);
  }

  @Test
  void aStreamThatStopsInTheMiddleEndsAtTheStallLimit() {
    start(RetryPolicy.NONE);
    timer.advance(20 * SECOND);
    client.attempt(0).output(timer.nowNanos(), OutputKind.CONTENT, "a");
    timer.advance(4 * SECOND);
    client.attempt(0).output(timer.nowNanos(), OutputKind.CONTENT, "b");
    timer.advance(5 * SECOND - 1);
    assertThat(results).isEmpty();
    timer.advance(1 + SECOND);

    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(theOnlyResult().error()).isEqualTo("timeout: stalled for 5 s");
  }

  @Test
  void aStallEndsTheCallBeforeTheLimitOfTheFirstTokenHasPassed() {
    start(RetryPolicy.NONE);
    client.attempt(0).output(timer.nowNanos(), OutputKind.CONTENT, "a");
    timer.advance(5 * SECOND);

    assertThat(theOnlyResult().error()).isEqualTo("timeout: stalled for 5 s");
  }

  @Test
  void aStreamThatDripsForEverEndsAtTheTotalLimit() {
    start(RetryPolicy.NONE);
    for (int second = 0; second < 120; second++) {
      client.attempt(0).output(timer.nowNanos(), OutputKind.CONTENT, "a");
      timer.advance(SECOND);
    }
    assertThat(theOnlyResult().error()).isEqualTo("timeout: not complete in 120 s");
  }

  @Test
  void aCallThatDoesNotStreamHasOnlyTheTotalLimitAndNoFirstToken() {
    start(client, LlmRequest.ofPrompt("hello").withStreaming(false), RetryPolicy.NONE);
    timer.advance(100 * SECOND);
    client.attempt(0).output(timer.nowNanos(), OutputKind.CONTENT, "all of it");
    client.attempt(0).completed(timer.nowNanos());

    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(theOnlyResult().timeline().firstOutput()).isEmpty();
    assertThat(theOnlyResult().timeline().chunks()).isZero();
  }

  @Test
  void throttledWithoutAnyHeaderThenAnsweredUnderBackoffSucceedsFromTheFirstAttempt() {
    start(new RetryPolicy(false, true, 5, 2 * SECOND, 60 * SECOND, () -> 0.5));
    client.attempt(0).head(1_500, head(429, OptionalLong.empty()));
    client.attempt(0).failed(2_000, THROTTLED);
    assertThat(client.attempts).hasSize(1);
    timer.advance(SECOND);
    assertThat(client.attempts).hasSize(2);
    long answered = timer.nowNanos();
    client.attempt(1).output(answered, OutputKind.CONTENT, "a");
    client.attempt(1).completed(answered + 1);

    CallResult result = theOnlyResult();
    assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(result.attempts()).hasSize(2);
    assertThat(result.attempts().get(0).outcome()).isEqualTo(Outcome.THROTTLED);
    assertThat(result.attempts().get(0).pauseNanos()).isEqualTo(SECOND);
    assertThat(result.timeline().start()).hasValue(1_000);
    assertThat(result.timeline().firstOutput()).hasValue(answered);
  }

  @Test
  void theServicesOwnPauseIsHonoured() {
    start(new RetryPolicy(true, false, 5, 0, 60 * SECOND, () -> 0.5));
    client.attempt(0).head(1_500, head(429, OptionalLong.of(700)));
    client.attempt(0).failed(2_000, THROTTLED);
    timer.advance(699_999_999);
    assertThat(client.attempts).hasSize(1);
    timer.advance(1);
    assertThat(client.attempts).hasSize(2);
  }

  private static final Failure OVERLOADED =
      new Failure(Failure.Kind.REJECTED, 529, "overloaded_error", "Overloaded");

  @Test
  void anOverloadedServiceThatSaysWhenToComeBackIsAskedAgain() {
    start(new RetryPolicy(true, false, 5, 0, 60 * SECOND, () -> 0.5));
    client.attempt(0).head(1_500, head(529, OptionalLong.of(700)));
    client.attempt(0).failed(2_000, OVERLOADED);
    timer.advance(700_000_000);
    client.attempt(1).output(timer.nowNanos(), OutputKind.CONTENT, "x");
    client.attempt(1).completed(timer.nowNanos());

    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(theOnlyResult().attempts())
        .extracting(CallResult.AttemptTimes::outcome)
        .containsExactly(Outcome.REJECTED, Outcome.SUCCEEDED);
  }

  @Test
  void anOverloadedServiceThatDoesNotSayIsNot() {
    start(new RetryPolicy(true, true, 5, 0, 60 * SECOND, () -> 0.5));
    client.attempt(0).head(1_500, head(529, OptionalLong.empty()));
    client.attempt(0).failed(2_000, OVERLOADED);

    assertThat(theOnlyResult().error()).isEqualTo("529 rejected: overloaded_error");
    assertThat(client.attempts).hasSize(1);
  }

  @Test
  void anotherErrorWithTheHeaderIsNoReasonToComeBack() {
    start(new RetryPolicy(true, true, 5, 0, 60 * SECOND, () -> 0.5));
    client.attempt(0).head(1_500, head(500, OptionalLong.of(700)));
    client.attempt(0).failed(2_000, new Failure(Failure.Kind.REJECTED, 500, "", ""));

    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.REJECTED);
  }

  @Test
  void withoutRetriesAThrottledCallEndsAsThrottledWithATextThatNamesNoQuota() {
    start(RetryPolicy.NONE);
    client.attempt(0).head(1_500, head(429, OptionalLong.of(700)));
    client.attempt(0).failed(2_000, THROTTLED);

    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.THROTTLED);
    assertThat(theOnlyResult().error()).isEqualTo("429 throttled");
    assertThat(theOnlyResult().errorDetail()).isEqualTo("slow down");
  }

  @Test
  void anAttemptThatGetsNoAnswerIsNotGivenTheHeadOfTheOneBefore() {
    start(new RetryPolicy(false, true, 5, SECOND, 60 * SECOND, () -> 1));
    client.attempt(0).head(1_500, head(429, OptionalLong.empty()));
    client.attempt(0).failed(2_000, THROTTLED);
    timer.advance(SECOND);
    client.attempt(1).failed(timer.nowNanos(), new Failure(Failure.Kind.BROKEN, 0, "Reset", ""));

    CallResult result = theOnlyResult();
    assertThat(result.head()).isEqualTo(ResponseHead.NONE);
    assertThat(result.timeline().head()).isEmpty();
    assertThat(result.attempts())
        .extracting(CallResult.AttemptTimes::status)
        .containsExactly(429, 0);
  }

  @Test
  void eventsOfAnAttemptThatIsOverDoNotReachTheNextOne() {
    LlmCall call = start(new RetryPolicy(false, true, 5, SECOND, 60 * SECOND, () -> 1));
    client.attempt(0).failed(2_000, THROTTLED);
    client.attempt(0).output(2_500, OutputKind.CONTENT, "ghost");
    timer.advance(SECOND);
    client.attempt(1).output(timer.nowNanos(), OutputKind.CONTENT, "real");
    client.attempt(0).completed(timer.nowNanos());
    assertThat(results).isEmpty();
    client.attempt(1).completed(timer.nowNanos());

    assertThat(theOnlyResult().answer().kept()).isEqualTo("real");
    assertThat(call.lateEvents()).isEqualTo(2);
  }

  @Test
  void aStreamCutAfterThreeChunksIsBrokenInMidStream() {
    start(RetryPolicy.NONE);
    for (int i = 0; i < 3; i++) {
      client.attempt(0).output(2_000 + i, OutputKind.CONTENT, "a");
    }
    client
        .attempt(0)
        .failed(3_000, new Failure(Failure.Kind.BROKEN, 200, "PrematureCloseException", "x"));

    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.BROKEN);
    assertThat(theOnlyResult().error()).isEqualTo("broken in mid-stream: PrematureCloseException");
  }

  @Test
  void theClientsOwnExhaustionIsACrashThatNamesWhatRanOut() {
    start(RetryPolicy.NONE);
    client
        .attempt(0)
        .failed(
            3_000,
            Failure.of(Failure.Kind.UNREACHABLE, new SocketException("Too many open files")));

    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.CRASHED);
    assertThat(theOnlyResult().error()).isEqualTo("client exhausted: file descriptors");
  }

  @Test
  void theStatusOfARedirectIsInTheText() {
    start(RetryPolicy.NONE);
    client
        .attempt(0)
        .failed(3_000, new Failure(Failure.Kind.REJECTED, 302, "redirect", "redirected to /a"));

    assertThat(theOnlyResult().error()).isEqualTo("302 rejected: redirected to /a");
    assertThat(theOnlyResult().errorDetail()).isEqualTo("redirected to /a");
  }

  @Test
  void theStatusOfAnAnswerWithoutABodyIsInTheText() {
    start(RetryPolicy.NONE);
    client.attempt(0).failed(3_000, new Failure(Failure.Kind.REJECTED, 204, "", "no body"));

    assertThat(theOnlyResult().error()).isEqualTo("204 rejected");
  }

  @Test
  void aCodeThatIsNotANameStaysOutOfTheText() {
    start(RetryPolicy.NONE);
    client
        .attempt(0)
        .failed(3_000, new Failure(Failure.Kind.REJECTED, 400, "request 4711 at 12:05", "detail"));
    assertThat(theOnlyResult().error()).isEqualTo("400 rejected");
  }

  @Test
  void anAnswerWithoutAnyOutputIsAFailure() {
    start(RetryPolicy.NONE);
    client.attempt(0).finish("content_filter");
    client.attempt(0).completed(3_000);
    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(theOnlyResult().error()).isEqualTo("empty answer (finish reason content_filter)");
  }

  @Test
  void aClientThatThrowsIsACrashedCallAndNotALostOne() {
    LlmClient broken =
        new LlmClient() {
          @Override
          public String provider() {
            return "broken";
          }

          @Override
          public CallHandle start(LlmRequest request, CallListener listener) {
            throw new IllegalStateException("bug");
          }

          @Override
          public void close() {}
        };
    start(broken, LlmRequest.ofPrompt("hello"), RetryPolicy.NONE);
    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.CRASHED);
    assertThat(theOnlyResult().error()).isEqualTo("crashed: IllegalStateException");
    assertThat(timer.pending()).isZero();
  }

  @Test
  void aCallInFlightWhenTheRunEndsIsUnfinishedAndKeepsWhatCame() {
    LlmCall call = start(RetryPolicy.NONE);
    client.attempt(0).output(2_000, OutputKind.CONTENT, "a");
    call.abandon();
    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.UNFINISHED);
    assertThat(theOnlyResult().timeline().chunks()).isEqualTo(1);
    assertThat(client.cancelled).isEqualTo(1);
  }

  @Test
  void aCallAbandonedBetweenTwoAttemptsIsNotSentAgain() {
    LlmCall call = start(new RetryPolicy(false, true, 5, SECOND, 60 * SECOND, () -> 1));
    client.attempt(0).failed(2_000, THROTTLED);
    call.abandon();
    timer.advance(10 * SECOND);
    assertThat(client.attempts).hasSize(1);
    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.UNFINISHED);
  }

  /** An error in our own code: of every kind, since nothing else would end the call. */
  private static final List<Throwable> THROWN =
      List.of(
          new IllegalStateException("x"),
          new NoClassDefFoundError("x"),
          new OutOfMemoryError("x"),
          new StackOverflowError("x"),
          new AssertionError("x"));

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable cause) throws E {
    throw (E) cause;
  }

  @Test
  void whateverAClientThrowsAtTheStartEndsTheCallAsCrashed() {
    for (Throwable thrown : THROWN) {
      results.clear();
      LlmClient broken =
          new LlmClient() {
            @Override
            public String provider() {
              return "broken";
            }

            @Override
            public CallHandle start(LlmRequest request, CallListener listener) {
              LlmCallTest.<RuntimeException>sneak(thrown);
              return () -> {};
            }

            @Override
            public void close() {}
          };
      start(broken, LlmRequest.ofPrompt("hello"), RetryPolicy.NONE);
      assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.CRASHED);
      assertThat(theOnlyResult().error())
          .isEqualTo(
              thrown instanceof OutOfMemoryError
                  ? "client exhausted: memory"
                  : "crashed: " + thrown.getClass().getSimpleName());
    }
  }

  @Test
  void whateverIsThrownOnTheWayOfAChunkEndsTheCallAndGivesItsAttemptUp() {
    for (Throwable thrown : THROWN) {
      results.clear();
      client.attempts.clear();
      int cancelled = client.cancelled;
      CallProbe broken =
          new CallProbe() {
            @Override
            public void sent(long delayNanos) {}

            @Override
            public void decoded(long backlogNanos) {
              LlmCallTest.<RuntimeException>sneak(thrown);
            }
          };
      start(LIMITS, RetryPolicy.NONE, timer, broken);
      client.attempt(0).output(2_000, OutputKind.CONTENT, "a");
      assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.CRASHED);
      assertThat(client.cancelled).isEqualTo(cancelled + 1);
    }
  }

  @Test
  void aTimerThatCannotTakeATaskEndsTheCall() {
    Timer broken =
        (delay, task) -> {
          throw new OutOfMemoryError("unable to create native thread");
        };
    start(LIMITS, RetryPolicy.NONE, broken, CallProbe.NONE);
    assertThat(theOnlyResult().error()).isEqualTo("client exhausted: threads");
  }

  @Test
  void aCallWhoseTimerIsStuckIsEndedFromOutside() {
    Timer stuck = (delay, task) -> () -> {};
    LlmCall call = start(LIMITS, RetryPolicy.NONE, stuck, CallProbe.NONE);
    timer.advance(31 * SECOND);
    call.endIfOverdue(2 * SECOND, Runnable::run);
    assertThat(results).isEmpty();
    timer.advance(SECOND);
    call.endIfOverdue(2 * SECOND, Runnable::run);
    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(theOnlyResult().error()).isEqualTo("timeout: no first token in 30 s");
    call.endIfOverdue(2 * SECOND, Runnable::run);
    assertThat(results).hasSize(1);
  }

  @Test
  void aLongAnswerIsCountedToItsEndAndKeptFromItsBeginning() {
    CallLimits limits = new CallLimits(SECOND, SECOND, SECOND, SECOND, 5);
    start(limits, RetryPolicy.NONE, timer, CallProbe.NONE);
    client.attempt(0).output(2_000, OutputKind.CONTENT, "abc");
    client.attempt(0).output(2_000, OutputKind.CONTENT, "d\uD83D\uDE00e");
    client.attempt(0).output(2_000, OutputKind.REASONING, "hm");
    client.attempt(0).completed(3_000);
    assertThat(theOnlyResult().answer()).isEqualTo(new CallResult.Text("abcd", 7, 3));
    assertThat(theOnlyResult().answer().cut()).isTrue();
    assertThat(theOnlyResult().reasoning()).isEqualTo(new CallResult.Text("hm", 2, 2));
    assertThat(theOnlyResult().reasoning().cut()).isFalse();
  }

  @Test
  void aFirstChunkWithoutTextIsTheFirstOfItsKind() {
    start(LIMITS, RetryPolicy.NONE, timer, CallProbe.NONE);
    client.attempt(0).outputWithoutText(2_000, OutputKind.CONTENT);
    client.attempt(0).output(2_000, OutputKind.CONTENT, "abc");
    client.attempt(0).completed(3_000);
    assertThat(theOnlyResult().answer()).isEqualTo(new CallResult.Text("abc", 3, 0));
  }

  @Test
  void aClientThatTellsNothingOrAnImpossibleInstantCrashesItsCallOnly() {
    List<Consumer<CallListener>> faults =
        List.of(
            service -> service.head(2_000, null),
            service -> service.usage(null),
            service -> service.finish(null),
            service -> service.output(2_000, null, "x"),
            service -> service.output(2_000, OutputKind.CONTENT, null),
            service -> service.failed(2_000, null),
            service -> service.sent(Long.MIN_VALUE),
            service -> service.head(-9 * SECOND, ResponseHead.NONE),
            service -> service.output(Long.MAX_VALUE, OutputKind.CONTENT, "x"),
            service -> service.completed(9 * SECOND));
    for (Consumer<CallListener> fault : faults) {
      results.clear();
      start(RetryPolicy.NONE);
      CallListener service = client.attempt(client.attempts.size() - 1);
      fault.accept(service);
      service.output(3_000, OutputKind.CONTENT, "x");
      service.completed(4_000);
      assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.CRASHED);
    }
  }

  @Test
  void aClientThatGivesNoHandleLosesNoCall() {
    LlmClient withoutHandle =
        new LlmClient() {
          @Override
          public String provider() {
            return "handleless";
          }

          @Override
          public CallHandle start(LlmRequest request, CallListener listener) {
            return null;
          }

          @Override
          public void close() {}
        };
    start(withoutHandle, LlmRequest.ofPrompt("hello"), RetryPolicy.NONE).abandon();
    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.CRASHED);
  }

  @Test
  void theEndOfACallDoesNotWaitForItsClientToGiveItUp() {
    List<Integer> resultsWhenCancelled = new ArrayList<>();
    LlmClient watched =
        new LlmClient() {
          @Override
          public String provider() {
            return "watched";
          }

          @Override
          public CallHandle start(LlmRequest request, CallListener listener) {
            return () -> resultsWhenCancelled.add(results.size());
          }

          @Override
          public void close() {}
        };
    List<Runnable> later = new ArrayList<>();
    start(watched, LlmRequest.ofPrompt("hello"), RetryPolicy.NONE).abandon(later::add);
    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.UNFINISHED);
    assertThat(resultsWhenCancelled).isEmpty();
    later.forEach(Runnable::run);
    assertThat(resultsWhenCancelled).containsExactly(1);
  }
}
