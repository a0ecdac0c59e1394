package dev.gatlingllm.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceArrivalsTest {

  @Test
  void tenTimesFasterTakesATenthOfTheTime() {
    ArrivalSchedule schedule = ArrivalSchedule.trace(new long[] {0, 1_500, 1_500, 60_000}, 10);

    assertThat(all(schedule)).containsExactly(0L, 150L, 150L, 6_000L);
    assertThat(schedule.count()).hasValue(4);
    assertThat(schedule.durationNanos()).isEqualTo(6_000);
  }

  @Test
  void halfTheSpeedTakesTwiceTheTime() {
    assertThat(all(ArrivalSchedule.trace(new long[] {5, 7}, 0.5))).containsExactly(10L, 14L);
  }

  @Test
  void originalSpeedKeepsEveryNanosecond() {
    long aYear = 31_536_000_000_000_001L;

    assertThat(all(ArrivalSchedule.trace(new long[] {aYear}, 1))).containsExactly(aYear);
  }

  @Test
  void laterChangesOfTheArrayDoNotReachTheSchedule() {
    long[] offsets = {0, 10};
    ArrivalSchedule schedule = ArrivalSchedule.trace(offsets, 1);

    offsets[1] = 99;

    assertThat(all(schedule)).containsExactly(0L, 10L);
  }

  @Test
  void descendingNegativeAndAbsentOffsetsAreRefused() {
    assertThatThrownBy(() -> ArrivalSchedule.trace(new long[] {0, 10, 9}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("offsetsNanos[2] must be >= 10, was 9");
    assertThatThrownBy(() -> ArrivalSchedule.trace(new long[] {-1}, 1))
        .hasMessage("offsetsNanos[0] must be >= 0, was -1");
    assertThatThrownBy(() -> ArrivalSchedule.trace(new long[0], 1))
        .hasMessage("offsetsNanos must hold at least one offset, was empty");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void impossibleSpeedIsRefusedWithItsValue(double speed) {
    assertThatThrownBy(() -> ArrivalSchedule.trace(new long[] {0}, speed))
        .hasMessage("speed must be > 0 and finite, was " + speed);
  }

  @Test
  void speedThatWouldOverflowIsRefused() {
    assertThatThrownBy(() -> ArrivalSchedule.trace(new long[] {1_000_000_000}, 1e-12))
        .hasMessage("speed must keep the trace shorter than 292 years, was 1.0E-12");
    assertThatThrownBy(() -> ArrivalSchedule.trace(new long[] {1L << 62}, 0.5))
        .hasMessage("speed must keep the trace shorter than 292 years, was 0.5");
  }

  private static List<Long> all(ArrivalSchedule schedule) {
    List<Long> offsets = new ArrayList<>();
    schedule.offsets().forEachRemaining((long offset) -> offsets.add(offset));
    return offsets;
  }
}
