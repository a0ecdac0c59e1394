package dev.gatlingllm.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedRiskTest {

  @Test
  void aLookTakesItsShareByItsNumber() {
    SharedRisk half = new SharedRisk(0.01, 1);
    assertThat(half.ofLook(1)).isEqualTo(0.01 / 2);
    assertThat(half.ofLook(2)).isEqualTo(0.01 / 6);
    SharedRisk third = new SharedRisk(0.05, 2);
    assertThat(third.ofLook(1)).isCloseTo(0.05 / 3, within(1e-15));
    assertThat(third.ofLook(2)).isCloseTo(0.05 / 6, within(1e-15));
    assertThat(third.ofLook(3)).isCloseTo(0.05 / 10, within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void anyNumberOfLooksKeepsTheWhole(int spread) {
    SharedRisk risk = new SharedRisk(0.05, spread);
    double sum = 0;
    for (int look = 1; look <= 10_000; look++) {
      sum += risk.ofLook(look);
      assertThat(sum).isLessThan(0.05);
    }
    assertThat(sum).isGreaterThan(0.0499);
  }
}
