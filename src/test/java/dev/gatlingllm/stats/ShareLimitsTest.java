package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ShareLimitsTest {

  /** R: binom.test(7, 20)$conf.int is 0.1539092 0.5921885. */
  @Test
  void theLimitsAreThoseOfClopperAndPearson() {
    assertThat(ShareLimits.low(0.35, 20, 0.025)).isCloseTo(0.1539092, within(1e-6));
    assertThat(ShareLimits.high(0.35, 20, 0.025)).isCloseTo(0.5921885, within(1e-6));
  }

  @Test
  void noneAndAllAreLimitedOnOneSideAlone() {
    assertThat(ShareLimits.low(0, 59, 0.05)).isZero();
    assertThat(ShareLimits.high(1, 59, 0.05)).isEqualTo(1);
    // 0.95^59 is just below 5 %.
    assertThat(ShareLimits.low(1, 59, 0.05)).isCloseTo(0.9505, within(1e-4));
    assertThat(ShareLimits.low(1, 58, 0.05)).isLessThan(0.95);
    assertThat(ShareLimits.high(0, 59, 0.05)).isCloseTo(0.0495, within(1e-4));
  }

  @Test
  void aFractionOfACallCounts() {
    assertThat(ShareLimits.low(0.5, 2.5, 0.025))
        .isBetween(ShareLimits.low(0.5, 2, 0.025), ShareLimits.low(0.5, 3, 0.025));
  }
}
