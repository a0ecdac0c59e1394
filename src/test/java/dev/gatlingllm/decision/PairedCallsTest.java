package dev.gatlingllm.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.CallSamples;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.StartedValues;
import dev.gatlingllm.stats.StatisticsCollector;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Part of the table of reports/statistics.md, and what the pairs are made of. */
class PairedCallsTest {

  private static final int SETS = 60;

  @Test
  void aQueueIsSeldomWorseThanItselfAndSeenSlowerMoreOftenThanAsIndependentRuns() {
    PairedSeries.Seen same = PairedSeries.seen(PairedSeries.QUEUE, SETS, 1, 1000, Quantile.P50)[0];
    assertThat(same.inPairs()).isLessThanOrEqualTo(12);
    PairedSeries.Seen slower =
        PairedSeries.seen(PairedSeries.QUEUE_OF_SIZES, SETS, 1.1, 1000, Quantile.P50)[0];
    assertThat(slower.inPairs()).isGreaterThan(slower.asIndependent() + 10);
  }

  @Test
  void theRatioOfEachBlockIsOneObservationFromTheSameArrivals() {
    StartedValues first = run(0, i -> 100 + i);
    StartedValues second = run(40, i -> (i < 60 ? 1.1 : 1.21) * (100 + i));
    Contrast found = contrast(first, second, 40, 120).orElseThrow();
    assertThat(found.runs()).isEqualTo(12);
    assertThat(found.estimate()).isCloseTo(1.5 * Math.log(1.1), within(1e-6));
    assertThat(found.interval().low()).isPositive();
    // An arrival that is looked for 10 calls off is in the wrong block.
    assertThat(contrast(first, second, 140, 120).map(Contrast::estimate))
        .hasValueSatisfying(
            estimate -> assertThat(Math.abs(estimate - 1.5 * Math.log(1.1))).isGreaterThan(0.01));
  }

  @Test
  void callsThatAreWorthLittleMakeLongerBlocksAndThenNone() {
    StartedValues first = run(0, i -> 100 + i * i % 71);
    StartedValues second = run(0, i -> 110 + i * i % 53);
    assertThat(contrast(first, second, 0, 48)).map(Contrast::runs).hasValue(8);
    assertThat(contrast(first, second, 0, 36)).map(Contrast::runs).hasValue(6);
    assertThat(contrast(first, second, 0, 35)).isEmpty();
  }

  @Test
  void blocksThatDoNotDifferAtAllProveNothing() {
    StartedValues run = run(0, i -> 100 + i % 7);
    assertThat(contrast(run, run, 0, 120)).isEmpty();
  }

  private static Optional<Contrast> contrast(
      StartedValues first, StartedValues second, double laterMillis, double worth) {
    return new PairedCalls(first, second, Math.round(1e6 * laterMillis))
        .contrast(Quantile.P50, 10, worth);
  }

  /** 120 calls, 10 ms apart. */
  private static StartedValues run(double begin, IntToDoubleFunction millis) {
    StatisticsCollector calls =
        new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);
    for (int i = 0; i < 120; i++) {
      double start = begin + 10 * i;
      calls.add(CallFixture.call().id(i).from(start, start + millis.applyAsDouble(i)).record(), 0);
    }
    return CallSamples.started(calls.samples(), Measure.E2E).orElseThrow();
  }
}
