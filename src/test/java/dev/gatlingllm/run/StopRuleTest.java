package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.StopConfig;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StopRuleTest {

  private long nowNanos = 5_000_000_000L;
  private final StopRule rule = rule(OptionalDouble.of(90));

  private StopRule rule(OptionalDouble failures) {
    return StopRule.of(
            new StopConfig(failures, false, Duration.ofSeconds(60), true), () -> nowNanos)
        .orElseThrow();
  }

  @Test
  void withoutAShareThereIsNoRule() {
    StopConfig never = new StopConfig(OptionalDouble.empty(), false, Duration.ofSeconds(60), true);
    assertThat(StopRule.of(never, () -> nowNanos)).isEmpty();
  }

  @Test
  void nothingIsJudgedBeforeAWholeWindowIsOver() {
    assertThat(afterSeconds(0, Outcome.REJECTED)).isFalse();
    assertThat(afterSeconds(59, Outcome.REJECTED)).isFalse();
    assertThat(rule.reason()).isEmpty();
    assertThat(afterSeconds(1, Outcome.TIMED_OUT)).isTrue();
    assertThat(rule.reason()).hasValue("2 of 2 calls failed within 60 s (llm.stop.failures)");
  }

  @Test
  void callsThatHangDoNotKeepARunAlive() {
    assertThat(afterSeconds(0, Outcome.REJECTED)).isFalse();
    assertThat(afterSeconds(50, Outcome.REJECTED)).isFalse();
    assertThat(rule.reachedNow()).isFalse();
    nowNanos += 10_000_000_000L;
    assertThat(rule.reachedNow()).isTrue();
    assertThat(rule.reachedNow()).isFalse();
    assertThat(rule.reason()).hasValue("1 of 1 calls failed within 60 s (llm.stop.failures)");
  }

  @Test
  void aWindowInWhichNoCallEndedSaysNothing() {
    assertThat(rule.reachedNow()).isFalse();
    afterSeconds(0, Outcome.REJECTED);
    nowNanos += 200_000_000_000L;
    assertThat(rule.reachedNow()).isFalse();
  }

  @Test
  void theRunIsCutOnceOnly() {
    afterSeconds(0, Outcome.REJECTED);
    assertThat(afterSeconds(60, Outcome.REJECTED)).isTrue();
    assertThat(afterSeconds(1, Outcome.REJECTED)).isFalse();
  }

  @Test
  void oneSuccessInTenIsTheLeastThatCountsAsFailing() {
    afterSeconds(0, Outcome.REJECTED);
    assertThat(afterSeconds(61, Outcome.SUCCEEDED)).isFalse();
    for (int i = 0; i < 8; i++) {
      assertThat(afterSeconds(1, Outcome.THROTTLED)).isFalse();
    }
    assertThat(afterSeconds(1, Outcome.CHECK_FAILED)).isTrue();
    assertThat(rule.reason()).hasValueSatisfying(why -> assertThat(why).contains("9 of 10 calls"));
  }

  @Test
  void whatEndedBeforeTheWindowIsForgotten() {
    for (int i = 0; i < 100; i++) {
      afterSeconds(0, Outcome.SUCCEEDED);
    }
    assertThat(afterSeconds(60, Outcome.REJECTED)).isTrue();
    assertThat(rule.asAssertion().actual()).isEqualTo("1 of 1 calls: the run was cut");
  }

  @Test
  void arrivalsThatWereDroppedAndCallsThatWereCutDoNotCount() {
    afterSeconds(0, Outcome.SUCCEEDED);
    assertThat(afterSeconds(70, Outcome.DROPPED)).isFalse();
    assertThat(afterSeconds(1, Outcome.UNFINISHED)).isFalse();
    assertThat(rule.asAssertion().passed()).isTrue();
    assertThat(rule.asAssertion().text())
        .isEqualTo("failed calls of any 60 s are below 90 % (llm.stop.failures)");
  }

  @Test
  void aCallThatTheClientCancelledIsAnEndedOneThatDidNotFail() {
    afterSeconds(0, Outcome.CANCELLED);
    assertThat(afterSeconds(61, Outcome.CANCELLED)).isFalse();
    for (int i = 0; i < 8; i++) {
      assertThat(afterSeconds(1, Outcome.REJECTED)).isFalse();
    }
    assertThat(afterSeconds(1, Outcome.REJECTED)).isTrue();
    assertThat(rule.reason()).hasValueSatisfying(why -> assertThat(why).contains("9 of 10 calls"));
  }

  private boolean afterSeconds(int seconds, Outcome outcome) {
    nowNanos += seconds * 1_000_000_000L;
    return rule.ended(call(outcome));
  }

  private static CallRecord call(Outcome outcome) {
    return new CallRecord(
        0,
        "ask",
        List.of(),
        Map.of(),
        "http",
        "",
        false,
        outcome,
        "",
        "",
        new CallRecord.Times(
            0,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            1),
        CallRecord.Tokens.NONE,
        0,
        CallRecord.InterChunks.NONE,
        CallRecord.Service.NONE,
        CallRecord.Served.UNKNOWN,
        CallRecord.Connection.UNKNOWN,
        List.of(),
        "",
        0,
        CallRecord.Content.NONE);
  }
}
