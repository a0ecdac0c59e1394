package dev.gatlingllm.decision;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.StatisticsCollector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserLimitsTest {

  private final StatisticsCollector calls =
      new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);

  private void calls(int succeeded, int dropped) {
    for (int i = 0; i < succeeded; i++) {
      calls.add(call().from(0, 300).streamed(200, 290).record(), 0);
    }
    for (int i = 0; i < dropped; i++) {
      calls.add(call().from(0, 250).neverStarted().ended(Outcome.DROPPED, "").record(), 0);
    }
  }

  private AssertionResult judge(String key, String limit) {
    List<AssertionResult> results =
        UserLimits.of(Map.of("llm.slo." + key, limit, "llm.seed", "1"))
            .judge(calls.result().overall());
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  @Test
  void aPercentileOfCallsThatEndedIsComparedWithItsLimit() {
    calls(120, 2);
    assertThat(judge("ttftUser.p95", "200 ms"))
        .isEqualTo(
            new AssertionResult(
                "llm.slo.ttftUser.p95: TTFT (user) p95 at most 200 ms", true, "200 ms"));
    assertThat(judge("e2eUser.p95", "299ms").passed()).isFalse();
    assertThat(judge("e2eUser.p95", "299ms").actual()).isEqualTo("300 ms");
  }

  @Test
  void aLowerBoundAboveTheLimitIsMissedAndOneBelowItUndecidedWhichIsNotMet() {
    calls(80, 20);
    assertThat(judge("ttftUser.p95", "100 ms").passed()).isFalse();
    assertThat(judge("ttftUser.p95", "100 ms").actual()).isEqualTo("> 250 ms");
    AssertionResult undecided = judge("ttftUser.p95", "1 s");
    assertThat(undecided.passed()).isFalse();
    assertThat(undecided.actual())
        .isEqualTo(
            "> 250 ms, undecided: it falls among the 20 calls that were dropped, held back, timed"
                + " out or in flight at the end");
    assertThat(judge("ttftUser.p50", "1 s").passed()).isTrue();
    assertThat(judge("ttftUser.max", "1 s").passed()).isFalse();
  }

  @Test
  void withoutEnoughCallsALimitIsNotMet() {
    assertThat(judge("ttftUser.p95", "1 s"))
        .extracting(AssertionResult::passed, AssertionResult::actual)
        .containsExactly(false, "undecided: no call succeeded");
    calls(16, 0);
    assertThat(judge("ttftUser.p95", "1 s"))
        .extracting(AssertionResult::passed, AssertionResult::actual)
        .containsExactly(false, "undecided: needs 100 calls, there were 16");
    assertThat(judge("ttftUser.max", "1 s").passed()).isTrue();
  }

  @Test
  void aRunWithoutSuchLimitsHasNothingToMeet() {
    calls(1, 0);
    assertThat(UserLimits.of(Map.of("llm.slo.ttftUser", "")).judge(calls.result().overall()))
        .isEmpty();
  }

  @Test
  void aLimitThatIsNoDurationIsRefused() {
    assertThatThrownBy(() -> UserLimits.of(Map.of("llm.slo.e2eUser.p95", "soon")))
        .isInstanceOf(RecordFormatException.class)
        .hasMessage(
            "configuration llm.slo.e2eUser.p95 must be a duration such as 500 ms, was \"soon\"");
  }
}
