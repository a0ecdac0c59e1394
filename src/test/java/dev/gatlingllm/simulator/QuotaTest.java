package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuotaTest {

  private static final long SECOND = 1_000_000_000L;

  /** 60 per minute, 10 at once. */
  private final Quota quota = new Quota(60, Duration.ofSeconds(10), 0);

  @Test
  void lessThanAMinutesWorthCanBeUsedAtOnce() {
    for (int i = 0; i < 10; i++) {
      assertThat(quota.waitNanos(0, 1)).isZero();
      quota.take(1);
    }
    assertThat(quota.remaining()).isZero();
    assertThat(quota.waitNanos(0, 1)).isEqualTo(SECOND);
  }

  @Test
  void comesBackEvenly() {
    quota.take(10);

    assertThat(quota.waitNanos(250_000_000, 1)).isEqualTo(750_000_000);
    assertThat(quota.waitNanos(999_999_999, 1)).isEqualTo(1);
    assertThat(quota.waitNanos(SECOND, 1)).isZero();
    assertThat(quota.remaining()).isEqualTo(1);
  }

  @Test
  void neverHoldsMoreThanTheBurst() {
    assertThat(quota.waitNanos(3_600 * SECOND, 1)).isZero();
    assertThat(quota.remaining()).isEqualTo(10);
  }

  @Test
  void aCostAboveTheBurstIsLetInWhenFullAndPaidBackAfterwards() {
    assertThat(quota.waitNanos(0, 25)).isZero();
    quota.take(25);

    assertThat(quota.remaining()).isZero();
    assertThat(quota.waitNanos(0, 1)).isEqualTo(16 * SECOND);
  }

  @Test
  void whoWaitsAsLongAsToldIsLetInAlsoAtCrookedRates() {
    Quota crooked = new Quota(7, Duration.ofMillis(1), 0);
    crooked.take(1);

    long wait = crooked.waitNanos(0, 1);

    assertThat(wait).isEqualTo(8_571_428_572L);
    assertThat(crooked.waitNanos(wait - 1, 1)).isEqualTo(1);
    assertThat(crooked.waitNanos(wait, 1)).isZero();
  }

  @Test
  void theLargestQuotaDoesNotOverflow() {
    Quota large = new Quota(100_000_000, Duration.ofMinutes(1), 0);
    large.take(100_000_000);

    assertThat(large.waitNanos(0, 2_000_000)).isEqualTo(1_200_000_000);
    assertThat(large.waitNanos(Long.MAX_VALUE / 2, 100_000_000)).isZero();
  }
}
