package dev.gatlingllm.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private static final long SECOND = 1_000_000_000L;
  private static final OptionalLong NONE = OptionalLong.empty();

  private static RetryPolicy policy(boolean header, boolean backoff) {
    return new RetryPolicy(header, backoff, 4, SECOND, 60 * SECOND, () -> 1);
  }

  @Test
  void backoffDoublesForEachAttempt() {
    RetryPolicy backoff = policy(false, true);
    assertThat(backoff.pauseNanos(1, NONE, 0)).hasValue(SECOND);
    assertThat(backoff.pauseNanos(2, NONE, 0)).hasValue(2 * SECOND);
    assertThat(backoff.pauseNanos(3, NONE, 0)).hasValue(4 * SECOND);
  }

  @Test
  void thereAreNoMoreAttemptsThanAllowed() {
    assertThat(policy(false, true).pauseNanos(4, NONE, 0)).isEmpty();
  }

  @Test
  void headerModeGivesUpWhenTheServiceNamesNoPause() {
    assertThat(policy(true, false).pauseNanos(1, NONE, 0)).isEmpty();
    assertThat(policy(true, false).pauseNanos(1, OptionalLong.of(250), 0)).hasValue(250_000_000);
  }

  @Test
  void bothPrefersTheServicesPause() {
    assertThat(policy(true, true).pauseNanos(1, OptionalLong.of(250), 0)).hasValue(250_000_000);
    assertThat(policy(true, true).pauseNanos(1, NONE, 0)).hasValue(SECOND);
  }

  @Test
  void noAttemptStartsAfterTheTimeIsUp() {
    assertThat(policy(true, false).pauseNanos(1, OptionalLong.of(1_000), 59 * SECOND))
        .hasValue(SECOND);
    assertThat(policy(true, false).pauseNanos(1, OptionalLong.of(1_001), 59 * SECOND)).isEmpty();
  }

  @Test
  void withoutAModeNothingIsTriedAgain() {
    assertThat(policy(false, false).pauseNanos(1, OptionalLong.of(1), 0)).isEmpty();
    assertThat(RetryPolicy.NONE.pauseNanos(1, OptionalLong.of(1), 0)).isEmpty();
  }

  @Test
  void aServiceThatAsksForAgesGetsNoFurtherAttempt() {
    for (long millis : new long[] {9_223_372_036_854L, Long.MAX_VALUE}) {
      assertThat(policy(true, false).pauseNanos(1, OptionalLong.of(millis), SECOND)).isEmpty();
    }
  }
}
