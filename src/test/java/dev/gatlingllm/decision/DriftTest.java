package dev.gatlingllm.decision;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.StatisticsCollector;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftTest {

  private static final int SETS = 200;

  private final StatisticsCollector calls =
      new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);
  private int made;

  /** Calls 100 ms apart with these times to first token. */
  private void answered(String level, double... ttftMillis) {
    for (double ttft : ttftMillis) {
      double start = 100 * made++;
      calls.add(
          call()
              .label("clients", level)
              .from(start, start + ttft + 1000)
              .streamed(ttft, ttft + 900)
              .tokens(9, 11)
              .record(),
          0);
    }
  }

  private List<Drift> drifts() {
    return Drift.of(calls.select(any -> true));
  }

  private static double[] noise(int n, double times) {
    RandomGenerator random = new Well19937c(7);
    double[] drawn = DependentSeries.LOGNORMAL.draw(n, random);
    return Arrays.stream(drawn).map(value -> times * value).toArray();
  }

  @Test
  void aTtftThatRisesBetweenTheHalvesIsADrift() {
    answered("1", noise(100, 210));
    answered("1", noise(100, 340));
    assertThat(drifts()).extracting(Drift::measure).contains(Measure.TTFT);
    Drift ttft = drifts().get(0);
    assertThat(ttft.rose()).isTrue();
    assertThat(ttft.second() / ttft.first()).isBetween(1.5, 1.75);
  }

  @Test
  void levelsThatFollowOneAnotherDifferByDesign() {
    answered("1", noise(100, 210));
    answered("2", noise(100, 340));
    assertThat(drifts()).isEmpty();
  }

  @Test
  void aFewCallsShowNoDriftAndNoneHaveNone() {
    assertThat(drifts()).isEmpty();
    answered("1", noise(9, 100));
    answered("1", noise(9, 900));
    assertThat(drifts()).isEmpty();
  }

  @Test
  void aDifferenceBelowFivePercentIsNotWorthASentence() {
    double[] steady = new double[4000];
    Arrays.setAll(steady, i -> 100 + i % 7 * 0.01 + (i < 2000 ? 0 : 3));
    answered("1", steady);
    assertThat(drifts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "LOGNORMAL,100,5",
    "EXPONENTIAL,300,5",
    "AR_05,300,5",
    "QUEUE_70,300,8",
    "QUEUE_70,1000,8"
  })
  void aSteadyServiceIsSeldomSaidToDrift(DependentSeries series, int n, double mostPercent) {
    RandomGenerator random = new Well19937c(3);
    int alarms = 0;
    for (int set = 0; set < SETS; set++) {
      DriftTest one = new DriftTest();
      double[] drawn = series.draw(n, random);
      one.answered("1", Arrays.stream(drawn).map(value -> 100 * value).toArray());
      alarms += one.drifts().isEmpty() ? 0 : 1;
    }
    assertThat(100.0 * alarms / SETS).isLessThanOrEqualTo(mostPercent);
  }
}
