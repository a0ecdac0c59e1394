package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectedValuesTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 99, 100, 5_000})
  void saysWhatTheSortedValuesSay(int n) {
    SplittableRandom random = new SplittableRandom(n);
    double[] values = random.doubles(n, 0, 1_000).map(Math::rint).toArray();
    Distribution sorted = Distribution.of("ms", values, PercentileRule.SHOW_ALL);

    SelectedValues selected = new SelectedValues(values.clone());

    assertThat(selected.n()).isEqualTo(n);
    assertThat(selected.mean().getAsDouble())
        .isCloseTo(sorted.mean().getAsDouble(), within(1e-9 * sorted.mean().getAsDouble()));
    assertThat(selected.max()).isEqualTo(sorted.max());
    for (Quantile quantile : Quantile.values()) {
      assertThat(selected.at(quantile).getAsDouble())
          .as(quantile.label())
          .isCloseTo(sorted.at(quantile).getAsDouble(), within(1e-9));
    }
  }

  @Test
  void valuesThatAreNotKnownDoNotCount() {
    SelectedValues selected = new SelectedValues(new double[] {4, Double.NaN, 2});

    assertThat(selected.n()).isEqualTo(2);
    assertThat(selected.sum()).isEqualTo(6);
    assertThat(selected.median()).hasValue(3);
  }

  @Test
  void ofNoValuesNothingIsKnown() {
    double[] values = new double[3];
    Arrays.fill(values, Double.NaN);

    SelectedValues selected = new SelectedValues(values);

    assertThat(selected.n()).isZero();
    assertThat(selected.sum()).isZero();
    assertThat(selected.mean()).isEmpty();
    assertThat(selected.max()).isEmpty();
    assertThat(selected.at(Quantile.P95)).isEmpty();
  }
}
