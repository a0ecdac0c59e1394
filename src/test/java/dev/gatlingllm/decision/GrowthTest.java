package dev.gatlingllm.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Part of a table of reports/statistics.md, and what the rule asks for. */
class GrowthTest {

  private static final int SETS = 200;

  @Test
  void aQueueThatKeepsUpIsSeldomSaidToGrow() {
    assertThat(alarms(0.7, 100)).isLessThanOrEqualTo(5);
    assertThat(alarms(0.9, 100)).isLessThanOrEqualTo(8);
    assertThat(alarms(0.9, 300)).isLessThanOrEqualTo(8);
  }

  private static double alarms(double load, int n) {
    return SteadinessTables.grows(
        (calls, random) -> DependentSeries.queue(calls, load, random), n, SETS);
  }

  @Test
  void aQueueThatDoesNotKeepUpIsFound() {
    assertThat(
            SteadinessTables.grows(
                (calls, random) -> DependentSeries.filling(calls, 1.3, random), 300, SETS))
        .isGreaterThan(85);
  }

  @Test
  void whatGrowsIsSaidByTheMeansOfTheThirds() {
    double[] growing = new double[90];
    Arrays.setAll(growing, i -> 100 + 10 * i);
    Growth found = Growth.of(growing).orElseThrow();
    assertThat(found.firstMillis()).isCloseTo(245, within(1e-9));
    assertThat(found.lastMillis()).isCloseTo(845, within(1e-9));
    assertThat(found.text()).startsWith("the wait for the first token grew from 245 to 845 ms");
  }

  @Test
  void lessThanTwiceAsLongAndFewerThanThirtyCallsAreNone() {
    double[] growing = new double[90];
    Arrays.setAll(growing, i -> 100 + i);
    assertThat(Growth.of(growing)).isEmpty();
    Arrays.setAll(growing, i -> 100 + 10 * i);
    assertThat(Growth.of(Arrays.copyOf(growing, 29))).isEmpty();
  }

  /** One slow stretch is a spell, not a queue that grows. */
  @Test
  void aSpellAtTheEndIsNoGrowth() {
    double[] spell = new double[120];
    Arrays.setAll(spell, i -> i < 100 ? 100 + i * 0.01 : 900);
    assertThat(Growth.of(spell)).isEmpty();
  }
}
