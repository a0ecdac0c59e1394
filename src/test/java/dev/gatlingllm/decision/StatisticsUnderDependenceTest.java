package dev.gatlingllm.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A small part of the tables of reports/statistics.md, which {@link StatisticsTables} prints. */
class StatisticsUnderDependenceTest {

  private final StatisticsTables few = new StatisticsTables(100);

  /** An interval for independent values holds the median of the queue in half of the sets. */
  @ParameterizedTest
  @EnumSource(
      value = DependentSeries.class,
      names = {"LOGNORMAL", "AR_05", "AR_09", "QUEUE_70"})
  void theIntervalOfAMedianHoldsTheTruthHoweverCallsDependOnEachOther(DependentSeries series) {
    assertThat(few.coverage(series, 0.5, 300).held()).isBetween(88.0, 100.0);
    assertThat(few.coverage(series, 0.9, 300).held()).isBetween(85.0, 100.0);
  }

  @ParameterizedTest
  @EnumSource(
      value = DependentSeries.class,
      names = {"LOGNORMAL", "AR_09", "QUEUE_70"})
  void aLimitAtTheTruthIsSeldomShownToBeMetOrMissed(DependentSeries series) {
    StatisticsTables.Limits limits = few.limits(series, 0.5, 300);
    assertThat(limits.wronglyMet()).isLessThan(16);
    assertThat(limits.wronglyMissed()).isLessThan(12);
    assertThat(limits.met()).isGreaterThan(25);
  }

  /** All looks of a load that goes on keep the risk of one decision. */
  @ParameterizedTest
  @EnumSource(
      value = DependentSeries.class,
      names = {"LOGNORMAL", "QUEUE_70"})
  void aLoadThatGoesOnIsSeldomDecidedWrongly(DependentSeries series) {
    StatisticsTables.Extended extended = few.extended(series, 0.9, 100);
    assertThat(extended.wronglyMet()).isLessThan(series == DependentSeries.LOGNORMAL ? 8 : 16);
    assertThat(extended.wronglyMissed()).isLessThan(8);
    assertThat(extended.met()).isGreaterThan(series == DependentSeries.LOGNORMAL ? 98 : 25);
  }

  /** Without the number of independent calls, half of the pairs of a queue look different. */
  @ParameterizedTest
  @EnumSource(
      value = DependentSeries.class,
      names = {"LOGNORMAL", "AR_09", "QUEUE_70"})
  void aServiceIsSeldomWorseThanItself(DependentSeries series) {
    StatisticsTables.Pairs pairs = few.comparison(series, 0.5, 300);
    assertThat(pairs.calledWorse()).isLessThan(10);
    assertThat(pairs.looksDifferent()).isLessThan(12);
    assertThat(pairs.sees20()).isGreaterThan(series == DependentSeries.QUEUE_70 ? 25 : 75);
  }

  /** The same through the records, with what a baseline gate decides by. */
  @Test
  void aBaselineGateSeldomFailsAServiceThatIsAsItWas() {
    double[] worse = few.calledWorseByTheGate(DependentSeries.QUEUE_70, 100);
    assertThat(worse).hasSize(StatisticsTables.SHARES.length);
    assertThat(Arrays.stream(worse).max().orElseThrow()).isLessThan(12);
  }
}
