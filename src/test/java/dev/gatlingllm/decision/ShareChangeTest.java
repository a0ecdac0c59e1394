package dev.gatlingllm.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.ShareCount;
import org.junit.jupiter.api.Test;

class ShareChangeTest {

  @Test
  void tenCallsOfEachRunAreEnough() {
    assertThat(share("failed", Direction.LOW_IS_GOOD, 1, 10, 1, 10).change())
        .isEqualTo(Change.CANNOT_TELL);
    assertThat(share("failed", Direction.LOW_IS_GOOD, 1, 9, 1, 10).difference()).isEmpty();
    assertThat(share("failed", Direction.LOW_IS_GOOD, 1, 10, 1, 9).difference()).isEmpty();
  }

  @Test
  void moreFailuresAndFewerGoodCallsAreWorse() {
    ShareChange failed = share("failed", Direction.LOW_IS_GOOD, 5, 100, 16, 200);
    assertThat(failed.firstPercent()).hasValue(5);
    assertThat(failed.secondPercent()).hasValue(8);
    assertThat(failed.worsePoints().orElseThrow()).isCloseTo(3, within(1e-12));
    ShareChange good = share("good", Direction.HIGH_IS_GOOD, 50, 100, 80, 200);
    assertThat(good.worsePoints().orElseThrow()).isCloseTo(10, within(1e-12));
  }

  @Test
  void withoutCallsThereIsNoShare() {
    ShareChange first = share("failed", Direction.LOW_IS_GOOD, 0, 0, 1, 10);
    assertThat(first.firstPercent()).isEmpty();
    assertThat(first.worsePoints()).isEmpty();
    assertThat(share("failed", Direction.LOW_IS_GOOD, 1, 10, 0, 0).worsePoints()).isEmpty();
  }

  private static ShareChange share(
      String name, Direction direction, long count, long of, long secondCount, long secondOf) {
    return ShareChange.of(
        name,
        direction,
        new ShareCount(count, of, of),
        new ShareCount(secondCount, secondOf, secondOf));
  }
}
