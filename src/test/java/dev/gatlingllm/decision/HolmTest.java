package dev.gatlingllm.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HolmTest {

  /** R: p.adjust(c(0.03, 0.01, 0.02, 1), "holm") is 0.06 0.04 0.06 1. */
  @Test
  void theLeastRiskCountsForAllAndTheNextForAllButOne() {
    assertThat(Holm.together(List.of(0.03, 0.01, 0.02, 1.0)))
        .containsExactly(new double[] {0.06, 0.04, 0.06, 1}, within(1e-12));
  }

  @Test
  void oneClaimAloneKeepsItsRisk() {
    assertThat(Holm.together(List.of(0.04))).containsExactly(0.04);
    assertThat(Holm.together(List.of())).isEmpty();
  }
}
