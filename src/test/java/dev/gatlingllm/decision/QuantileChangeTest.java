package dev.gatlingllm.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class QuantileChangeTest {

  private static final OptionalDouble NONE = OptionalDouble.empty();

  @Test
  void aLatencyThatGrowsIsWorseAndARateThatGrowsIsBetter() {
    QuantileChange latency = change(Measure.E2E, OptionalDouble.of(80), OptionalDouble.of(100));
    assertThat(latency.differenceOfRuns()).hasValue(20);
    assertThat(latency.effectPercent()).hasValue(25);
    assertThat(latency.worsePercent()).hasValue(25);
    QuantileChange rate =
        change(Measure.TOKENS_PER_SECOND, OptionalDouble.of(80), OptionalDouble.of(100));
    assertThat(rate.effectPercent()).hasValue(25);
    assertThat(rate.worsePercent()).hasValue(-25);
  }

  @Test
  void withoutBothOrFromZeroThereIsNoEffect() {
    assertThat(change(Measure.E2E, NONE, OptionalDouble.of(1)).differenceOfRuns()).isEmpty();
    assertThat(change(Measure.E2E, OptionalDouble.of(1), NONE).worsePercent()).isEmpty();
    QuantileChange fromZero =
        change(Measure.TOKENS_PER_SECOND, OptionalDouble.of(0), OptionalDouble.of(1));
    assertThat(fromZero.differenceOfRuns()).hasValue(1);
    assertThat(fromZero.effectPercent()).isEmpty();
    assertThat(fromZero.worsePercent()).isEmpty();
  }

  private static QuantileChange change(
      Measure measure, OptionalDouble first, OptionalDouble second) {
    return new QuantileChange(
        measure,
        Quantile.P50,
        new QuantileChange.Side(10, NONE, first),
        new QuantileChange.Side(10, NONE, second),
        Optional.empty(),
        0,
        Change.CANNOT_TELL);
  }
}
