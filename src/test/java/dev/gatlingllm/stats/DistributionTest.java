package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistributionTest {

  @Test
  void noValuesGiveNoNumbers() {
    Distribution none = of();
    assertThat(none.n()).isZero();
    assertThat(none.mean()).isEmpty();
    assertThat(none.sd()).isEmpty();
    assertThat(none.cv()).isEmpty();
    assertThat(none.min()).isEmpty();
    assertThat(none.max()).isEmpty();
    assertThat(none.median()).isEmpty();
    assertThat(none.iqr()).isEmpty();
    assertThat(none.intervals()).isEmpty();
    assertThat(none.worth()).isEmpty();
    assertThat(none.quantiles()).isEmpty();
  }

  @Test
  void oneValueIsItsOwnMedianAndHasNoSpread() {
    Distribution one = of(418);
    assertThat(one.n()).isEqualTo(1);
    assertThat(one.mean()).hasValue(418);
    assertThat(one.min()).hasValue(418);
    assertThat(one.max()).hasValue(418);
    assertThat(one.median()).hasValue(418);
    assertThat(one.sd()).isEmpty();
    assertThat(one.cv()).isEmpty();
    assertThat(one.iqr()).isEmpty();
  }

  @Test
  void twoValuesHaveTheMedianBetweenThem() {
    Distribution two = of(30, 10);
    assertThat(two.median()).hasValue(20);
    assertThat(two.mean()).hasValue(20);
    assertThat(two.sd().orElseThrow()).isEqualTo(14.142, within(0.001));
    assertThat(two.cv().orElseThrow()).isEqualTo(0.707, within(0.001));
    assertThat(two.quantiles()).containsOnlyKeys(Quantile.P50);
  }

  @Test
  void percentilesInterpolateBetweenTheClosestRanks() {
    Distribution hundred = of(IntStream.rangeClosed(1, 100).asDoubleStream().toArray());
    assertThat(hundred.at(Quantile.P5).orElseThrow()).isEqualTo(5.95, within(1e-9));
    assertThat(hundred.at(Quantile.P10).orElseThrow()).isEqualTo(10.9, within(1e-9));
    assertThat(hundred.at(Quantile.P90).orElseThrow()).isEqualTo(90.1, within(1e-9));
    assertThat(hundred.at(Quantile.P95).orElseThrow()).isEqualTo(95.05, within(1e-9));
    assertThat(hundred.iqr().orElseThrow()).isEqualTo(49.5, within(1e-9));
    assertThat(hundred.at(Quantile.P99)).isEmpty();
    assertThat(hundred.at(Quantile.P1)).isEmpty();
  }

  @Test
  void aPercentileOfTooFewValuesIsWithheldUnlessAskedFor() {
    double[] ten = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    assertThat(of(ten).at(Quantile.P99)).isEmpty();
    double shown =
        Distribution.of("ms", ten, PercentileRule.SHOW_ALL).at(Quantile.P99).orElseThrow();
    assertThat(shown).isEqualTo(9.91, within(1e-9)).isLessThanOrEqualTo(10);
  }

  @Test
  void eachPercentileNeedsFiveValuesBeyondIt() {
    assertNeeded(Quantile.P90, 50);
    assertNeeded(Quantile.P95, 100);
    assertNeeded(Quantile.P99, 500);
    assertNeeded(Quantile.P999, 5000);
    assertNeeded(Quantile.P10, 50);
    assertNeeded(Quantile.P5, 100);
    assertNeeded(Quantile.P1, 500);
    assertNeeded(Quantile.P50, 1);
  }

  @Test
  void aPercentileNeverExceedsTheGreatestValue() {
    double[] equal = new double[7000];
    Arrays.fill(equal, 0.1 + 0.2);
    Distribution distribution = of(equal);
    assertThat(distribution.quantiles().values())
        .hasSize(Quantile.values().length)
        .allMatch(value -> value <= 0.1 + 0.2);
  }

  @Test
  void valuesOfWhichTheOrderIsNotKnownHaveNoInterval() {
    Distribution hundred = of(IntStream.rangeClosed(1, 100).asDoubleStream().toArray());
    assertThat(hundred.intervals()).isEmpty();
    assertThat(hundred.worth()).isEmpty();
  }

  @Test
  void anIntervalThatHasNoEndAtAllIsNone() {
    Distribution one =
        Distribution.of(
            "ms", Optional.of(Values.inOrder(new double[] {418})), PercentileRule.SHOW_ALL);
    assertThat(one.intervals()).isEmpty();
  }

  private static void assertNeeded(Quantile quantile, int n) {
    assertThat(of(new double[n]).at(quantile)).isPresent();
    assertThat(of(new double[n - 1]).at(quantile)).isEmpty();
  }

  private static Distribution of(double... values) {
    return Distribution.of("ms", values, PercentileRule.WITHHOLD_WHEN_FEW);
  }
}
