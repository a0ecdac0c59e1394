package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentileIntervalTest {

  // Binomial(100, 1/2): P(X <= 39) = 0.0176, P(X <= 40) = 0.0284, so ranks 40 and 61, and the
  // limits of Clopper and Pearson, 0.398 and 0.602, come to the outer whole ranks.
  @Test
  void theMedianOfIndependentValuesLiesBetweenTheExactRanks() {
    assertThat(interval(100, 50, 100)).isEqualTo(new Interval(39, 61));
  }

  @Test
  void fewerIndependentCallsMakeItWider() {
    assertThat(interval(100, 50, 20)).isEqualTo(new Interval(27, 73));
  }

  @Test
  void theFarEndIsOpenUnlessFiveIndependentCallsLieBeyond() {
    assertThat(interval(1000, 95, 100).hasHigh()).isTrue();
    assertThat(interval(1000, 95, 99).hasHigh()).isFalse();
    assertThat(interval(1000, 95, 99).low()).isBetween(870.0, 910.0);
    assertThat(interval(1000, 5, 100).hasLow()).isTrue();
    assertThat(interval(1000, 5, 99).hasLow()).isFalse();
    assertThat(interval(1000, 5, 99).high()).isBetween(90.0, 130.0);
  }

  @Test
  void oneValueSaysNothing() {
    assertThat(interval(1, 50, 1)).isEqualTo(Interval.OPEN);
  }

  /** The values 1 to n. */
  private static Interval interval(int n, double percent, double worth) {
    Values values = Values.inOrder(IntStream.rangeClosed(1, n).asDoubleStream().toArray());
    return PercentileInterval.of(values, percent, worth, Interval.RISK_OF_ONE_END);
  }
}
