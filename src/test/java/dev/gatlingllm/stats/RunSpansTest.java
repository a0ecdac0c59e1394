package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunSpansTest {

  private final RunSpans runs = new RunSpans();

  private void run(int run, double from, int calls, double interval) {
    for (int i = 0; i < calls; i++) {
      runs.add(run, from + i * interval, from + i * interval + interval / 2, true);
    }
  }

  private double rate() {
    return runs.asOne().calls() / runs.loadNanos();
  }

  @Test
  void theRateOfRunsThatWentTogetherIsTheSumOfTheirsWhateverTheirClocksSay() {
    run(0, 0, 60, 1);
    run(1, 3, 120, 0.5);
    assertThat(rate()).isCloseTo(3, within(1e-9));
    assertThat(runs.asOne().wallNanos()).isEqualTo(62.75);
  }

  @Test
  void theClocksOfThreeMachinesDoNotMatterEither() {
    run(0, 0, 60, 1);
    run(1, -3, 60, 1);
    run(2, 2, 60, 1);
    assertThat(rate()).isCloseTo(3, within(1e-9));
  }

  @Test
  void theLoadTimesOfRunsOneAfterTheOtherAddUpWithoutThePauseBetweenThem() {
    run(0, 0, 60, 1);
    run(1, 500, 120, 0.5);
    assertThat(runs.loadNanos()).isCloseTo(120, within(1e-9));
  }

  @Test
  void runsThatOverlapInPartCountTheTimeInWhichEitherWent() {
    run(0, 0, 60, 1);
    run(1, 30, 60, 1);
    assertThat(runs.loadNanos()).isCloseTo(90, within(1e-9));
  }

  @Test
  void aRunWithoutALoadTimeOfItsOwnIsLaidOverTheOthersByTheClock() {
    run(0, 0, 60, 1);
    runs.add(1, 60, 61, false);
    assertThat(runs.loadNanos()).isCloseTo(61, within(1e-9));
  }

  @Test
  void theKeysOfARunAreTakenTogetherBeforeTheRunsAre() {
    RunSpans even = new RunSpans();
    RunSpans odd = new RunSpans();
    for (int i = 0; i < 60; i++) {
      (i % 2 == 0 ? even : odd).add(0, i, i + 0.5, true);
      odd.add(1, i + 2, i + 2.5, true);
    }
    RunSpans all = RunSpans.together(List.of(even, odd));
    assertThat(all.asOne().calls() / all.loadNanos()).isCloseTo(2, within(1e-9));
  }
}
