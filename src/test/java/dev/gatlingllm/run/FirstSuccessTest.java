package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallFixture;
import org.junit.jupiter.api.Test;

class FirstSuccessTest {

  private final FirstSuccess success = new FirstSuccess(call -> " Look at the key.");

  private void ended(Outcome outcome, String error) {
    success.ended(CallFixture.call().ended(outcome, error).record());
  }

  @Test
  void aRunWithoutACallHasFailed() {
    assertThat(success.missing()).contains("no call succeeded: none was made.");
  }

  @Test
  void aRunWhoseCallsAllFailSaysWhatTheFirstEndedWithAndWhatToDo() {
    ended(Outcome.REJECTED, "401 unauthorized");
    ended(Outcome.TIMED_OUT, "timeout: stalled");
    assertThat(success.missing())
        .contains(
            "no call succeeded: 2 calls were made, the first that failed ended with 401"
                + " unauthorized. Look at the key.");
    assertThat(success.assertion())
        .hasValueSatisfying(test -> assertThat(test.text()).isEqualTo("the run: calls succeeded"));
  }

  @Test
  void callsThatTheEndOfTheRunCutAreNoSuccess() {
    ended(Outcome.UNFINISHED, "");
    assertThat(success.missing())
        .contains("no call succeeded: 1 call was made, none of which came to an end.");
  }

  @Test
  void oneSuccessIsEnough() {
    ended(Outcome.REJECTED, "401 unauthorized");
    ended(Outcome.SUCCEEDED, "");
    ended(Outcome.REJECTED, "401 unauthorized");
    assertThat(success.missing()).isEmpty();
    assertThat(success.assertion()).isEmpty();
  }

  @Test
  void aCallThatTheClientCancelledAfterItsFirstTokenWasAnswered() {
    success.ended(CallFixture.call().toCancel(500).cancelled().record());
    assertThat(success.missing()).isPresent();
    success.ended(CallFixture.call().streamed(200, 300).toCancel(500).cancelled().record());
    assertThat(success.missing()).isEmpty();
  }
}
