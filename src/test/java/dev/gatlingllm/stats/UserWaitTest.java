package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.record.Outcome;
import org.junit.jupiter.api.Test;

class UserWaitTest {

  private final StatisticsCollector calls =
      new StatisticsCollector(CallObjectives.NONE, PercentileRule.SHOW_ALL);

  private Distribution of(Measure measure) {
    return calls.result().overall().of(measure);
  }

  private void succeeded(int count) {
    for (int i = 1; i <= count; i++) {
      calls.add(call().from(0, 100 * i).streamed(50 * i, 90 * i).record(), 0);
    }
  }

  @Test
  void droppedTimedOutAndUnfinishedCallsRankAboveAllThatSucceeded() {
    succeeded(8);
    calls.add(call().from(0, 300).neverStarted().ended(Outcome.DROPPED, "").record(), 0);
    calls.add(call().from(0, 60_000).ended(Outcome.TIMED_OUT, "timeout").record(), 0);
    calls.add(call().from(0, 500).ended(Outcome.UNFINISHED, "").record(), 0);
    Distribution e2e = of(Measure.E2E_FROM_ARRIVAL);
    assertThat(e2e.n()).isEqualTo(8);
    assertThat(e2e.longer()).isEqualTo(3);
    // Rank 5 of 0 to 10.
    assertThat(e2e.median()).hasValue(600);
    assertThat(e2e.isLowerBound(Quantile.P50)).isFalse();
    // Rank 9: the two that waited for less than the slowest are taken to have waited as long.
    assertThat(e2e.at(Quantile.P90)).hasValue(800);
    assertThat(e2e.isLowerBound(Quantile.P90)).isTrue();
    // Rank 9.9, between these and the one of which a minute is known.
    assertThat(e2e.at(Quantile.P99).orElseThrow()).isCloseTo(800 + 0.9 * 59_200, within(1e-6));
    assertThat(e2e.max()).hasValue(60_000);
    assertThat(e2e.mean()).hasValue(450);
  }

  @Test
  void aPercentileBetweenTheSlowestCallAndOneThatWasCutOffIsALowerBound() {
    succeeded(3);
    calls.add(call().from(0, 9_000).ended(Outcome.UNFINISHED, "").record(), 0);
    Distribution e2e = of(Measure.E2E_FROM_ARRIVAL);
    assertThat(e2e.isLowerBound(Quantile.P50)).isFalse();
    assertThat(e2e.median()).hasValue(250);
    assertThat(e2e.isLowerBound(Quantile.P75)).isTrue();
    assertThat(e2e.iqr()).isEmpty();
    assertThat(e2e.intervals()).isEmpty();
  }

  @Test
  void aCallThatTimedOutAfterItsFirstTokenWaitedForTheTokenOnlySoLong() {
    succeeded(1);
    calls.add(
        call().from(0, 9_000).streamed(700, 800).ended(Outcome.TIMED_OUT, "timeout").record(), 0);
    assertThat(of(Measure.TTFT_FROM_ARRIVAL).max()).hasValue(700);
    assertThat(of(Measure.E2E_FROM_ARRIVAL).max()).hasValue(9_000);
  }

  @Test
  void theServiceAndCallsThatItRefusedAreJudgedAsBefore() {
    succeeded(4);
    calls.add(call().from(0, 9_000).ended(Outcome.THROTTLED, "429").record(), 0);
    assertThat(of(Measure.E2E_FROM_ARRIVAL).longer()).isZero();
    calls.add(call().from(0, 9_000).ended(Outcome.TIMED_OUT, "timeout").record(), 0);
    assertThat(of(Measure.E2E_FROM_ARRIVAL).longer()).isEqualTo(1);
    assertThat(of(Measure.E2E).longer()).isZero();
    assertThat(of(Measure.E2E).max()).hasValue(400);
  }

  @Test
  void whereNothingSucceededThereIsNoNumberToBeAbove() {
    calls.add(call().from(0, 9_000).ended(Outcome.TIMED_OUT, "timeout").record(), 0);
    assertThat(of(Measure.E2E_FROM_ARRIVAL).n()).isZero();
    assertThat(of(Measure.E2E_FROM_ARRIVAL).median()).isEmpty();
  }

  @Test
  void aPercentileIsShownForTheNumberOfAllOfThem() {
    StatisticsCollector few =
        new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);
    for (int i = 0; i < 100; i++) {
      boolean dropped = i % 5 == 0;
      few.add(
          call().from(0, 100).ended(dropped ? Outcome.DROPPED : Outcome.SUCCEEDED, "").record(), 0);
    }
    Distribution e2e = few.result().overall().of(Measure.E2E_FROM_ARRIVAL);
    assertThat(e2e.at(Quantile.P95)).isPresent();
    assertThat(e2e.isLowerBound(Quantile.P95)).isTrue();
    assertThat(e2e.isLowerBound(Quantile.P75)).isFalse();
    assertThat(few.result().overall().of(Measure.E2E).at(Quantile.P95)).isEmpty();
  }
}
