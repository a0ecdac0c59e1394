package dev.gatlingllm.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeTest {

  @ParameterizedTest
  @CsvSource({
    "1, 2, LOW_IS_GOOD, WORSE",
    "-2, -1, LOW_IS_GOOD, BETTER",
    "1, 2, HIGH_IS_GOOD, BETTER",
    "-2, -1, HIGH_IS_GOOD, WORSE",
    "1, 2, NEUTRAL, DIFFERENT",
    "-2, -1, NEUTRAL, DIFFERENT"
  })
  void anIntervalOnOneSideOfZeroIsAChange(
      double low, double high, Direction direction, Change change) {
    assertThat(Change.of(new Interval(low, high), direction)).isEqualTo(change);
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 1", "-1, 0", "0, 0"})
  void anIntervalThatHoldsOrTouchesZeroIsNone(double low, double high) {
    for (Direction direction : Direction.values()) {
      assertThat(Change.of(new Interval(low, high), direction)).isEqualTo(Change.CANNOT_TELL);
    }
  }

  @Test
  void recordsAndPrintHaveAWordForEach() {
    assertThat(Change.values())
        .extracting(Change::code)
        .containsExactly(
            "better", "worse", "different", "equivalent", "no-worse", "cannot-tell", "too-few");
    assertThat(Change.values())
        .extracting(Change::text)
        .containsExactly(
            "better",
            "worse",
            "different",
            "equivalent",
            "no worse",
            "cannot tell",
            "too few calls");
  }
}
