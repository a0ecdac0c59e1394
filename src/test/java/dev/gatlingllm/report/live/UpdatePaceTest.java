package dev.gatlingllm.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UpdatePaceTest {

  private static final long SECOND = 1_000_000_000L;

  private final UpdatePace pace = new UpdatePace(0);

  @Test
  void cheapPagesComeEveryTwoSeconds() {
    long now = 0;
    for (int i = 0; i < 1_000; i++) {
      assertThat(pace.pauseNanos(SECOND / 50, now)).isEqualTo(2 * SECOND);
      now += 2 * SECOND;
    }
  }

  @Test
  void theFirstPagesMayTakeLongSinceTheirCodeIsStillToBeCompiled() {
    assertThat(pace.pauseNanos(3 * SECOND, 3 * SECOND)).isEqualTo(2 * SECOND);
  }

  @Test
  void inTheLongRunPagesTakeATwentiethOfOneProcessor() {
    long now = 0;
    long spent = 0;
    for (int i = 0; i < 100; i++) {
      now += SECOND;
      spent += SECOND;
      now += pace.pauseNanos(SECOND, now);
    }
    assertThat((double) spent / now).isBetween(0.049, 0.0525);
  }
}
