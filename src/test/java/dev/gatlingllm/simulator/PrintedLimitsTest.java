package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.decision.LimitDecision;
import dev.gatlingllm.simulator.wire.StopReason;
import dev.gatlingllm.stats.Values;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The limits that README.md, the workflows and the pipeline print, on the delays that the simulated
 * endpoint draws: main job, 500 input and 500 output tokens. What the client adds is not in them.
 */
class PrintedLimitsTest {

  private static final int RUNS = 1_000;

  private final LatencyModel model = new LatencyModel(SimulatorConfig.of().latency());
  private final SplittableRandom random = new SplittableRandom(16);

  @ParameterizedTest
  @CsvSource({"README, 180", "gate.yml, 240"})
  void printedLimitsAreShownToBeMetInNearlyEveryRun(String where, int calls) {
    int shown = 0;
    for (int run = 0; run < RUNS; run++) {
      shown += isShown(calls) ? 1 : 0;
    }
    assertThat(shown).as(where).isGreaterThanOrEqualTo(RUNS * 99 / 100);
  }

  private boolean isShown(int calls) {
    double[] ttftMillis = new double[calls];
    double[] rates = new double[calls];
    for (int i = 0; i < calls; i++) {
      CallPlan plan = model.plan(500, new AnswerShape(0, 0, 500, StopReason.STOP), random);
      ttftMillis[i] = plan.dueNanos()[0] / 1e6;
      rates[i] = 497 * 1e9 / (plan.endNanos() - plan.dueNanos()[0]);
    }
    return LimitDecision.atMost(Values.inOrder(ttftMillis), 500, 0.95).outcome() == Outcome.MET
        && LimitDecision.atLeast(Values.inOrder(rates), 30, 0.95).outcome() == Outcome.MET;
  }
}
