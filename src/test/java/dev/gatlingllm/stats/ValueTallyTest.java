package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;

class ValueTallyTest {

  @Test
  void theValuesOfSeveralAreOneDistribution() {
    ValueTally first = new ValueTally();
    first.add(0.25);
    ValueTally second = new ValueTally();
    second.add(0.75);
    second.add(2);
    Distribution all = together(first, second);
    assertThat(all.unit()).isEqualTo("EUR");
    assertThat(all.n()).isEqualTo(3);
    assertThat(all.mean()).hasValue(1);
    assertThat(all.median()).hasValue(0.75);
    assertThat(together(new ValueTally()).n()).isZero();
  }

  @Test
  void moreThanSixteenThousandAreCountedOnceCondensed() {
    ValueTally tally = new ValueTally();
    for (int i = 0; i < 16_001; i++) {
      tally.add(100 + i / 3.0);
    }
    double exactly = 100 + 8000 / 3.0;
    assertThat(together(tally).median()).hasValue(exactly);
    tally.condense();
    assertThat(together(tally).n()).isEqualTo(16_001);
    assertThat(together(tally).median().orElseThrow())
        .isNotEqualTo(exactly)
        .isCloseTo(exactly, withinPercentage(0.1));
  }

  private static Distribution together(ValueTally... tallies) {
    return ValueTally.together("EUR", List.of(tallies), PercentileRule.WITHHOLD_WHEN_FEW);
  }
}
