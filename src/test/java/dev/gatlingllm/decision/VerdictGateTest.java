package dev.gatlingllm.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.health.HealthCheck;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.RecordFormatException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictGateTest {

  private static final Verdict TRUSTED = verdict(1);
  private static final Verdict DEGRADED = verdict(11);
  private static final Verdict INVALID = verdict(101);

  private static Verdict verdict(double scheduleDelayMillis) {
    return Verdict.of(Map.of(HealthCheck.SCHEDULE_DELAY, scheduleDelayMillis), List.of(), 40);
  }

  @Test
  void withoutAGateNothingIsJudged() {
    assertThat(VerdictGate.of("none").judge(INVALID)).isEmpty();
    assertThat(VerdictGate.ofConfiguration(Map.of()).judge(INVALID)).isEmpty();
  }

  @Test
  void aTrustedRunIsAskedForOrOneThatIsNotInvalid() {
    assertThat(passes("trusted", TRUSTED)).isTrue();
    assertThat(passes("trusted", DEGRADED)).isFalse();
    assertThat(passes("degraded", TRUSTED)).isTrue();
    assertThat(passes("degraded", DEGRADED)).isTrue();
    assertThat(passes("degraded", INVALID)).isFalse();
    assertThat(passes("degraded", Verdict.unknown("No file."))).isFalse();
  }

  private static boolean passes(String gate, Verdict verdict) {
    return VerdictGate.of(gate).judge(verdict).orElseThrow().passed();
  }

  @Test
  void theResultSaysWhatWasAskedForAndWhy() {
    assertThat(VerdictGate.of("trusted").judge(DEGRADED))
        .contains(
            new AssertionResult(
                "verdict is trusted",
                false,
                "degraded: The client started calls late: the schedule delay that it caused has a p99 of 11 ms (limit 10"
                    + " ms)."));
  }

  @Test
  void anotherWordIsRefusedWithTheKey() {
    assertThatThrownBy(() -> VerdictGate.ofConfiguration(Map.of(VerdictGate.KEY, "good")))
        .isInstanceOf(RecordFormatException.class)
        .hasMessage(
            "run.json: llm.gate.verdict must be one of none, trusted, degraded, was \"good\"");
  }
}
