package dev.gatlingllm.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.record.CancelPlan;
import dev.gatlingllm.record.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A client that cancels its call, on a clock that is moved by hand. */
class CancelledCallTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_000;
  private static final CallLimits LIMITS =
      new CallLimits(10 * SECOND, 30 * SECOND, 20 * SECOND, 120 * SECOND);

  private final ManualTimer timer = new ManualTimer();
  private final ScriptedClient client = new ScriptedClient();
  private final List<CallResult> results = new ArrayList<>();

  private void start(CancelPlan plan) {
    start(plan, LlmRequest.ofPrompt("hello"), RetryPolicy.NONE);
  }

  private void start(CancelPlan plan, LlmRequest request, RetryPolicy retry) {
    new LlmCall(
            client,
            request,
            START,
            LIMITS,
            retry,
            timer,
            timer::nowNanos,
            CallProbe.NONE,
            plan,
            results::add)
        .start();
  }

  private static CancelPlan afterStart(long seconds) {
    return new CancelPlan(OptionalLong.of(seconds * SECOND), OptionalLong.empty());
  }

  private static CancelPlan afterFirstToken(long seconds) {
    return new CancelPlan(OptionalLong.empty(), OptionalLong.of(seconds * SECOND));
  }

  private void outputNow() {
    client.attempt(0).output(timer.nowNanos(), OutputKind.CONTENT, "word");
  }

  private CallResult theOnlyResult() {
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  @Test
  void theClientCancelsAfterTheStartWhateverHasCome() {
    start(afterStart(2));
    timer.advance(SECOND);
    outputNow();
    timer.advance(SECOND - 1);
    assertThat(results).isEmpty();
    timer.advance(1);

    CallResult result = theOnlyResult();
    assertThat(result.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(result.error()).isEmpty();
    assertThat(result.timeline().end()).hasValue(START + 2 * SECOND);
    assertThat(result.answer().kept()).isEqualTo("word");
    assertThat(result.attempts())
        .extracting(CallResult.AttemptTimes::outcome)
        .containsExactly(Outcome.CANCELLED);
    assertThat(client.cancelled).isEqualTo(1);
    assertThat(timer.pending()).isZero();
  }

  @Test
  void theDelayCountsFromTheActualStart() {
    start(afterStart(2));
    timer.advance(SECOND);
    client.attempt(0).sent(timer.nowNanos());
    timer.advance(2 * SECOND - 1);
    assertThat(results).isEmpty();
    timer.advance(1);
    assertThat(theOnlyResult().timeline().end()).hasValue(START + 3 * SECOND);
  }

  @Test
  void theDelayAfterTheFirstTokenCountsFromTheFirstOutputOfAnyKind() {
    start(afterFirstToken(2));
    timer.advance(5 * SECOND);
    client.attempt(0).output(timer.nowNanos(), OutputKind.REASONING, "hm");
    timer.advance(SECOND);
    outputNow();
    timer.advance(SECOND);

    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(theOnlyResult().timeline().end()).hasValue(START + 7 * SECOND);
    assertThat(timer.pending()).isZero();
  }

  @Test
  void outputWithoutTextIsAFirstTokenToo() {
    start(afterFirstToken(0));
    timer.advance(SECOND);
    client.attempt(0).outputWithoutText(timer.nowNanos(), OutputKind.MEDIA);
    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void whicheverComesFirstCancels() {
    CancelPlan both = new CancelPlan(OptionalLong.of(3 * SECOND), OptionalLong.of(SECOND));
    start(both);
    timer.advance(3 * SECOND);
    assertThat(theOnlyResult().timeline().end()).hasValue(START + 3 * SECOND);

    results.clear();
    client.attempts.clear();
    long again = timer.nowNanos();
    start(both);
    timer.advance(SECOND);
    outputNow();
    timer.advance(SECOND);
    assertThat(theOnlyResult().timeline().end()).hasValue(again + 2 * SECOND);
    assertThat(timer.pending()).isZero();
  }

  @Test
  void aCallThatIsCompleteBeforeIsAnOrdinarySuccess() {
    start(afterStart(2));
    outputNow();
    client.attempt(0).completed(timer.nowNanos());
    timer.advance(5 * SECOND);

    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(client.cancelled).isZero();
    assertThat(timer.pending()).isZero();
  }

  @Test
  void aTimeLimitThatPassesBeforeEndsTheCallAsATimeout() {
    start(afterStart(40));
    timer.advance(40 * SECOND);
    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(client.cancelled).isEqualTo(1);
  }

  @Test
  void aClientThatWaitsForTheFirstTokenStaysUntilItsTimeLimitIfNoneComes() {
    start(afterFirstToken(1));
    timer.advance(30 * SECOND);
    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.TIMED_OUT);
  }

  @Test
  void aCallThatIsCancelledBetweenTwoAttemptsIsNotSentAgain() {
    RetryPolicy backoff = new RetryPolicy(false, true, 5, 5 * SECOND, 60 * SECOND, () -> 1);
    start(afterStart(2), LlmRequest.ofPrompt("hello"), backoff);
    client
        .attempt(0)
        .failed(timer.nowNanos(), new Failure(Failure.Kind.THROTTLED, 429, "429", "slow down"));
    timer.advance(20 * SECOND);

    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(client.attempts).hasSize(1);
  }

  @Test
  void whatFollowsFromCancellingIsNoEventOfTheService() {
    RetryPolicy again = new RetryPolicy(true, true, 5, 0, 60 * SECOND, true, () -> 0);
    start(afterStart(1), LlmRequest.ofPrompt("hello"), again);
    timer.advance(SECOND);
    CallListener attempt = client.attempt(0);
    attempt.failed(timer.nowNanos(), new Failure(Failure.Kind.STALE, 0, "", "closed"));
    attempt.output(timer.nowNanos(), OutputKind.CONTENT, "late");
    attempt.completed(timer.nowNanos());
    timer.advance(20 * SECOND);

    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(theOnlyResult().answer().chars()).isZero();
    assertThat(client.attempts).hasSize(1);
  }

  @Test
  void aCallThatDoesNotStreamHasNoFirstToken() {
    start(afterFirstToken(0), LlmRequest.ofPrompt("hello").withStreaming(false), RetryPolicy.NONE);
    outputNow();
    client.attempt(0).completed(timer.nowNanos());
    assertThat(theOnlyResult().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }
}
