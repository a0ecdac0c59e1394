package dev.gatlingllm.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CallsNeededTest {

  /** σ of 0.5: the spread is e^(0.5 × 1.645). */
  private static final double SPREAD = 2.2758;

  @Test
  void itIsTheNumberThatShowsTheEffectInFourOfFive() {
    // 1.4 × 2 (2.4865 × 0.5 × 1.2533 / ln 1.2)²
    assertThat(new CallsNeeded(50, SPREAD, 1).toShow(20)).isBetween(203L, 206L);
    assertThat(new CallsNeeded(95, SPREAD, 1).toShow(20)).isBetween(575L, 590L);
  }

  /** What {@link StatisticsTables} finds: the tests see the effect about as often as planned. */
  @Test
  void theComparisonSeesAsMuchAsWasPlanned() {
    int calls = (int) new CallsNeeded(50, SPREAD, 1).toShow(20);
    StatisticsTables tables = new StatisticsTables(200);
    assertThat(tables.comparison(DependentSeries.LOGNORMAL, 0.5, calls).sees12())
        .isBetween(74.0, 94.0);
  }

  @Test
  void callsThatDependOnEachOtherTakeMore() {
    long independent = new CallsNeeded(95, 2, 1).toShow(10);
    assertThat(new CallsNeeded(95, 2, 10).toShow(10))
        .isBetween(10 * independent - 10, 10 * independent);
  }

  @Test
  void fiveIndependentCallsMustLieBeyondHoweverGreatTheEffect() {
    assertThat(new CallsNeeded(95, 1.1, 1).toShow(300)).isEqualTo(100);
    assertThat(new CallsNeeded(99, 1.1, 2).toShow(300)).isEqualTo(1000);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> new CallsNeeded(100, 2, 1))
        .hasMessage("percentile must be from 50 to below 100, was 100.0");
    assertThatThrownBy(() -> new CallsNeeded(50, 1, 1)).hasMessage("spread must be > 1, was 1.0");
    assertThatThrownBy(() -> new CallsNeeded(50, 2, 0.5))
        .hasMessage("dependence must be >= 1, was 0.5");
    assertThatThrownBy(() -> new CallsNeeded(50, 2, 1).toShow(0))
        .hasMessage("effect must be > 0, was 0.0");
  }
}
