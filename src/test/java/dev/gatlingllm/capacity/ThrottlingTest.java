package dev.gatlingllm.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottlingTest {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  @Test
  void measuresAFixedWindowFromOneBeginningToAnother() {
    Throttling.Seen seen = callsAt(10, QuotaEndpoint.window(300), 17, 200);

    assertThat(seen.perMinute(WINDOW)).hasValueCloseTo(300.0, within(1.0));
    assertThat(seen.refused()).isPositive();
  }

  @Test
  void measuresABucketOfTokens() {
    Throttling.Seen seen = callsAt(10, QuotaEndpoint.bucket(300, 10), 0, 100);

    assertThat(seen.perMinute(WINDOW)).hasValueCloseTo(300.0, within(6.0));
  }

  @Test
  void knowsNoQuotaBeforeAWindowIsOver() {
    assertThat(callsAt(10, QuotaEndpoint.bucket(300, 1), 0, 30).perMinute(WINDOW)).isEmpty();
  }

  @Test
  void knowsNoQuotaWhereNothingIsRefused() {
    Throttling.Seen seen = callsAt(1, QuotaEndpoint.window(300), 0, 200);

    assertThat(seen.perMinute(WINDOW)).isEmpty();
    assertThat(seen.share()).isZero();
    assertThat(new Throttling().seen().share()).isZero();
  }

  private static Throttling.Seen callsAt(
      double perSecond, QuotaEndpoint endpoint, double from, double seconds) {
    Throttling throttling = new Throttling();
    for (int call = 0; call < perSecond * seconds; call++) {
      double start = from + call / perSecond;
      throttling.add(start, endpoint.call(start).refused());
    }
    return throttling.seen();
  }
}
