package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

class DependenceTest {

  @Test
  void independentValuesHaveATimeOfAboutOne() {
    assertThat(Dependence.time(autoregressive(20_000, 0))).isBetween(1.0, 1.1);
  }

  /** The sum of ρ^k over all lags gives τ = (1 + ρ) / (1 − ρ). */
  @Test
  void anAutoregressiveSeriesHasTheTimeOfItsCorrelation() {
    assertThat(Dependence.time(autoregressive(50_000, 0.5))).isCloseTo(3, within(0.4));
    assertThat(Dependence.time(autoregressive(50_000, 0.9))).isCloseTo(19, within(4.0));
  }

  @Test
  void aSeriesThatRemembersForLongHasTheTimeOfItsCorrelation() {
    assertThat(Dependence.time(autoregressive(400_000, 0.99))).isCloseTo(199, within(40.0));
  }

  @Test
  void valuesThatAlternateAreWorthNoMoreThanTheirNumber() {
    double[] alternating = new double[101];
    for (int i = 0; i < alternating.length; i++) {
      alternating[i] = i % 2;
    }
    assertThat(Dependence.time(alternating)).isEqualTo(1);
  }

  @Test
  void equalValuesAndOneValueAreIndependent() {
    assertThat(Dependence.time(new double[] {418})).isEqualTo(1);
    assertThat(Dependence.time(new double[] {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1})).isEqualTo(1);
  }

  @Test
  void blocksThatVaryAsMuchAsIndependentCallsWouldAreWorthAllCalls() {
    // 400 calls of variance 1 in blocks of 100: the variance of a block is 100.
    assertThat(Dependence.worth(1, 400, new double[] {10, -10, -10, 10})).isEqualTo(400);
    assertThat(Dependence.worth(1, 400, new double[] {20, -20, -20, 20})).isEqualTo(100);
    assertThat(Dependence.worth(1, 400, new double[] {0, 0, 0, 0})).isEqualTo(400);
  }

  static double[] autoregressive(int n, double correlation) {
    RandomGenerator random = new Well19937c(7);
    double[] series = new double[n];
    double z = random.nextGaussian();
    for (int i = 0; i < n; i++) {
      series[i] = z;
      z = correlation * z + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
    }
    return series;
  }
}
