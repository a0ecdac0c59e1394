package dev.gatlingllm.decision;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.CallSamples;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.StatisticsCollector;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

class QuantileBootstrapTest {

  private static final int DRAWS = 20_000;

  private final RandomGenerator random = new Well19937c(1);

  @Test
  void whereEveryValueIsTheSameTheIntervalHasNoWidth() {
    assertThat(QuantileBootstrap.ofDifference(median(4, 4, 4), median(9, 9), 100))
        .isEqualTo(new Interval(5, 5));
  }

  /** Of 27 samples of three values the least is the median of 7, the middle one of 13. */
  @Test
  void theMedianOfThreeValuesIsDrawnAsOftenAsItsSamplesAre() {
    Map<Double, Double> shares = shares(median(1, 2, 3));
    assertThat(shares).containsOnlyKeys(1.0, 2.0, 3.0);
    assertThat(shares.get(1.0)).isCloseTo(7 / 27.0, within(0.015));
    assertThat(shares.get(2.0)).isCloseTo(13 / 27.0, within(0.015));
  }

  /** Of the four samples of two values two have both, and the median between them. */
  @Test
  void theMedianOfTwoValuesLiesBetweenThemInHalfOfTheSamples() {
    Map<Double, Double> shares = shares(median(1, 2));
    assertThat(shares).containsOnlyKeys(1.0, 1.5, 2.0);
    assertThat(shares.get(1.0)).isCloseTo(0.25, within(0.015));
    assertThat(shares.get(1.5)).isCloseTo(0.5, within(0.015));
  }

  private static Map<Double, Double> shares(QuantileBootstrap bootstrap) {
    Map<Double, Double> shares = new TreeMap<>();
    for (int i = 0; i < DRAWS; i++) {
      shares.merge(bootstrap.draw(), 1.0 / DRAWS, Double::sum);
    }
    return shares;
  }

  private QuantileBootstrap median(double... values) {
    StatisticsCollector calls =
        new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);
    for (double value : values) {
      calls.add(call().from(0, value).record(), 0);
    }
    return new QuantileBootstrap(
        CallSamples.values(calls.samples(), Measure.E2E).orElseThrow(), 50, random);
  }
}
