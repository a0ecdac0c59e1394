package dev.gatlingllm.gatling.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CommonStartTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long AGREED = 100 * SECOND;

  private final AtomicLong now = new AtomicLong();
  private final CommonStart start = new CommonStart(now::get);

  @Test
  void withoutAnAgreementALoadBeginsByItself() {
    assertThat(start.ofNextLoad(0)).isEmpty();
  }

  @Test
  void aLoadWhoseFirstArrivalComesLateInItBeginsWithTheOthers() {
    start.agree(AGREED);
    now.set(AGREED - 4 * SECOND);
    assertThat(start.ofNextLoad(0)).hasValue(AGREED);

    now.set(AGREED + 6 * SECOND);
    assertThat(start.ofNextLoad(10 * SECOND)).hasValue(AGREED);
  }

  @Test
  void aLoadThatFollowsAnotherBeginsByItself() {
    start.agree(AGREED);
    now.set(AGREED - SECOND);
    assertThat(start.ofNextLoad(0)).hasValue(AGREED);

    now.set(AGREED + 60 * SECOND);
    assertThat(start.ofNextLoad(0)).isEmpty();
  }
}
