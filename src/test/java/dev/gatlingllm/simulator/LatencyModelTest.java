package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.simulator.wire.StopReason;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyModelTest {

  @Test
  void stepsFollowEachOtherAtTheDecodeRate() {
    CallPlan plan = plan(Settings.exact(), 0, content(4));

    assertThat(plan.dueNanos()).containsExactly(50_000_000, 60_000_000, 70_000_000, 80_000_000);
    assertThat(plan.tokens()).containsExactly(1, 1, 1, 1);
    assertThat(plan.endNanos()).isEqualTo(80_000_000);
  }

  @Test
  void aStepYieldsAllTokensOfItsChunkAndTheLastOneYieldsTheRest() {
    CallPlan plan = plan(Settings.exact("tokensPerChunk = 3"), 0, content(7));

    assertThat(plan.dueNanos()).containsExactly(50_000_000, 80_000_000, 110_000_000);
    assertThat(plan.tokens()).containsExactly(3, 3, 1);
  }

  @Test
  void everyInputTokenDelaysTheFirstToken() {
    CallPlan plan = plan(Settings.exact("prefillPerToken = 0.05 ms"), 1_000, content(2));

    assertThat(plan.dueNanos()).containsExactly(100_000_000, 110_000_000);
  }

  @Test
  void reasoningComesFirstAndSharesNoChunkWithContent() {
    CallPlan plan =
        plan(Settings.exact("tokensPerChunk = 2"), 0, new AnswerShape(0, 3, 2, StopReason.STOP));

    assertThat(plan.tokens()).containsExactly(2, 1, 2);
    assertThat(plan.reasoningChunks()).isEqualTo(2);
    assertThat(plan.dueNanos()).containsExactly(50_000_000, 70_000_000, 80_000_000);
  }

  @Test
  void hiddenReasoningTakesItsTimeAndSendsNothing() {
    CallPlan plan = plan(Settings.exact(), 0, new AnswerShape(20, 0, 2, StopReason.STOP));

    assertThat(plan.dueNanos()).containsExactly(250_000_000, 260_000_000);
  }

  @Test
  void anEmptyAnswerEndsWhenTheFirstTokenWouldHaveCome() {
    CallPlan plan = plan(Settings.exact(), 0, AnswerShape.EMPTY);

    assertThat(plan.chunks()).isZero();
    assertThat(plan.endNanos()).isEqualTo(50_000_000);
  }

  @Test
  void uniformJitterStaysWithinItsFractionAndScatters() {
    SimulatorSettings settings = Settings.exact("jitter = 0.1, interChunkJitter = 0.2");

    long[] due = plan(settings, 0, content(500)).dueNanos();

    assertThat(due[0]).isBetween(45_000_000L, 55_000_000L);
    for (int i = 1; i < due.length; i++) {
      assertThat(due[i] - due[i - 1]).isBetween(7_999_999L, 12_000_001L);
    }
    assertThat(due[2] - due[1]).isNotEqualTo(due[1] - due[0]);
  }

  @Test
  void logNormalJitterHasMedianOneAndOnlyPositiveInterChunkLatencies() {
    SimulatorSettings settings = Settings.exact("interChunkJitter = \"lognormal:0.5\"");

    long[] due = plan(settings, 0, content(2_001)).dueNanos();

    int belowMedian = 0;
    for (int i = 1; i < due.length; i++) {
      assertThat(due[i]).isGreaterThan(due[i - 1]);
      belowMedian += due[i] - due[i - 1] < 10_000_000 ? 1 : 0;
    }
    assertThat(belowMedian).isBetween(900, 1_100);
  }

  @Test
  void theSameSequenceGivesTheSamePlan() {
    SimulatorSettings settings = Settings.exact("interChunkJitter = \"lognormal:0.5\"");

    assertThat(plan(settings, 0, content(50)).dueNanos())
        .containsExactly(plan(settings, 0, content(50)).dueNanos());
  }

  private static CallPlan plan(SimulatorSettings settings, int inputTokens, AnswerShape shape) {
    return new LatencyModel(settings.latency()).plan(inputTokens, shape, new SplittableRandom(7));
  }

  private static AnswerShape content(int tokens) {
    return new AnswerShape(0, 0, tokens, StopReason.STOP);
  }
}
