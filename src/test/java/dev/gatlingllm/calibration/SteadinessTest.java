package dev.gatlingllm.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SteadinessTest {

  private final Steadiness steadiness = new Steadiness();

  private void rounds(int count, long nanos) {
    for (int i = 0; i < count; i++) {
      steadiness.add(nanos);
    }
  }

  @Test
  void fewRoundsProveNothing() {
    rounds(Steadiness.LEAST_ROUNDS - 1, 100);
    assertThat(steadiness.reached()).isFalse();

    rounds(1, 100);
    assertThat(steadiness.reached()).isTrue();
  }

  @Test
  void roundsThatBecomeATenthFasterAreNotStable() {
    rounds(70, 100);
    rounds(10, 89);
    assertThat(steadiness.reached()).isFalse();

    rounds(10, 81);
    assertThat(steadiness.reached()).isTrue();
  }

  @Test
  void oneSlowRoundDoesNotDecide() {
    rounds(Steadiness.LEAST_ROUNDS - 1, 100);
    rounds(1, 100_000);
    assertThat(steadiness.reached()).isTrue();
  }

  @Test
  void roundsThatBecomeSlowerAreNoReasonToGoOn() {
    rounds(70, 100);
    rounds(10, 150);
    assertThat(steadiness.reached()).isTrue();
  }

  @Test
  void oneRoundIsMadeInNoTime() {
    assertThat(goesOn(1)).isTrue();
    rounds(1, 100);
    assertThat(goesOn(20)).isFalse();
  }

  @Test
  void roundsGoOnUntilTheyAreStableAndTheLeastTimeIsOver() {
    rounds(Steadiness.LEAST_ROUNDS - 1, 100);
    assertThat(goesOn(19)).isTrue();
    rounds(1, 100);
    assertThat(goesOn(9)).isTrue();
    assertThat(goesOn(10)).isFalse();
  }

  private boolean goesOn(int elapsedSeconds) {
    return steadiness.goesOn(
        Duration.ofSeconds(elapsedSeconds).toNanos(),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20));
  }
}
