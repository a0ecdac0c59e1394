package dev.gatlingllm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadTest {

  private static final int DRAWS = 20_000;

  private static double[] draws(Spread spread) {
    SplittableRandom random = new SplittableRandom(11);
    return DoubleStream.generate(() -> spread.next(random)).limit(DRAWS).sorted().toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  @Test
  void oneValueIsAlwaysThatValue() {
    assertThat(draws(Spread.ofNumbers("5"))).containsOnly(5);
    assertThat(draws(Spread.ofDurations("500 ms"))).containsOnly(0.5);
    assertThat(Spread.ofDurations("2 min").mean()).isEqualTo(120);
  }

  @Test
  void aUniformOneHasEveryWholeNumberFromEndToEndEquallyOften() {
    Spread spread = Spread.ofNumbers("uniform 2 to 5");
    SplittableRandom random = new SplittableRandom(3);
    int[] counts = new int[7];
    for (int i = 0; i < DRAWS; i++) {
      counts[spread.nextWhole(random)]++;
    }
    assertThat(counts[2] + counts[3] + counts[4] + counts[5]).isEqualTo(DRAWS);
    assertThat(counts[2]).isCloseTo(DRAWS / 4, within(300));
    assertThat(counts[5]).isCloseTo(DRAWS / 4, within(300));
    assertThat(spread.mean()).isEqualTo(3.5);
  }

  @Test
  void anExponentialOneHasItsMean() {
    double[] drawn = draws(Spread.ofDurations("exponential mean 5 s"));
    assertThat(mean(drawn)).isCloseTo(5, within(0.15));
    assertThat(drawn[DRAWS / 2]).isCloseTo(5 * Math.log(2), within(0.15));
  }

  @Test
  void aLognormalOneHasItsMedianAndItsP95() {
    Spread spread = Spread.ofNumbers("lognormal median 100 p95 400");
    double[] drawn = draws(spread);
    assertThat(drawn[DRAWS / 2]).isCloseTo(100, within(3.0));
    assertThat(drawn[DRAWS * 95 / 100]).isCloseTo(400, within(20.0));
    assertThat(mean(drawn)).isCloseTo(spread.mean(), within(4.0));
  }

  @Test
  void whatFallsOutsideOfTheBoundsIsDrawnAgainAndNotHeapedUpThere() {
    double[] drawn = draws(Spread.ofNumbers("exponential mean 5, 1 to 10"));
    assertThat(drawn[0]).isBetween(1.0, 1.01);
    assertThat(drawn[DRAWS - 1]).isBetween(9.9, 10.0);
    assertThat(Arrays.stream(drawn).filter(value -> value == 10)).isEmpty();
    assertThat(Spread.ofNumbers("exponential mean 5, 1 to 10").greatest()).hasValue(10);
    assertThat(Spread.ofNumbers("exponential mean 5").greatest()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "five",
        "5 to 9",
        "uniform 9 to 5",
        "uniform 1 to 2, 1 to 3",
        "normal mean 3",
        "exponential mean 0",
        "exponential mean 50, 1 to 10",
        "lognormal median 5 p95 4",
        "lognormal median 5"
      })
  void whatIsNoneOfTheFormsIsRefused(String text) {
    assertThatThrownBy(() -> Spread.ofNumbers(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
