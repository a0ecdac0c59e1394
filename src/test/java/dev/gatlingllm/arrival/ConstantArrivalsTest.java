package dev.gatlingllm.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstantArrivalsTest {

  private static final Duration TWO_WEEKS = Duration.ofDays(14);

  @Test
  void firstOfSixtyArrivalsIsAtZero() {
    List<Long> offsets = all(ArrivalSchedule.constant(120, Duration.ofSeconds(30)));

    assertThat(offsets).hasSize(60).startsWith(0L, 500_000_000L).endsWith(29_500_000_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 600, 5",
    "3, 600, 30",
    "7.5, 600, 75",
    "13, 600, 130",
    "0.1, 600, 1",
    "0.1, 601, 2",
    "6000, 60, 6000",
    "60000, 60, 60000",
    "60000, 0.5, 500",
    "60, 0.5, 1",
    "0.000001, 60, 1",
    "0.000000001, 60, 1"
  })
  void countIsTheNumberOfArrivalsBeforeTheEnd(double rate, double seconds, int expected) {
    ArrivalSchedule schedule =
        ArrivalSchedule.constant(rate, Duration.ofNanos((long) (seconds * 1e9)));

    assertThat(schedule.count()).hasValue(expected);
    assertThat(all(schedule)).hasSize(expected);
  }

  @Test
  void noRoundingAddsUpOverTwoWeeks() {
    ArrivalSchedule schedule = ArrivalSchedule.constant(7, TWO_WEEKS);
    BigInteger nanosPerMinute = BigInteger.valueOf(60_000_000_000L);

    var offsets = schedule.offsets();
    for (long k = 0; k < 141_120; k++) {
      BigInteger exact =
          nanosPerMinute.multiply(BigInteger.valueOf(k)).divide(BigInteger.valueOf(7));
      assertThat(offsets.nextLong()).isEqualTo(exact.longValueExact());
    }
    assertThat(offsets.hasNext()).isFalse();
  }

  @Test
  void rateIsTakenAsTheDecimalThatWasWritten() {
    // 1/10 is not a binary fraction; 600 s must not become 600.0000000000001 s.
    assertThat(all(ArrivalSchedule.constant(0.1, Duration.ofSeconds(1801))))
        .containsExactly(0L, 600_000_000_000L, 1_200_000_000_000L, 1_800_000_000_000L);
  }

  @Test
  void twoWeeksAtSixtyThousandPerMinuteAreCountedWithoutBeingMade() {
    ArrivalSchedule schedule = ArrivalSchedule.constant(60_000, TWO_WEEKS);

    assertThat(schedule.count()).hasValue(1_209_600_000L);
    assertThat(schedule.durationNanos()).isEqualTo(1_209_600_000_000_000L);
  }

  @Test
  void maxArrivalsEndsTheLoadOneIntervalAfterTheLast() {
    ArrivalSchedule schedule =
        ArrivalSchedule.constant(60, Optional.of(Duration.ofMinutes(1)), OptionalLong.of(5));

    assertThat(all(schedule)).hasSize(5).endsWith(4_000_000_000L);
    assertThat(schedule.durationNanos()).isEqualTo(5_000_000_000L);
  }

  @Test
  void durationEndsTheLoadBeforeMaxArrivals() {
    ArrivalSchedule schedule =
        ArrivalSchedule.constant(60, Optional.of(Duration.ofSeconds(3)), OptionalLong.of(5));

    assertThat(schedule.count()).hasValue(3);
    assertThat(schedule.durationNanos()).isEqualTo(3_000_000_000L);
  }

  @Test
  void maxArrivalsAloneIsEnough() {
    ArrivalSchedule schedule = ArrivalSchedule.constant(7, Optional.empty(), OptionalLong.of(3));

    assertThat(all(schedule)).containsExactly(0L, 8_571_428_571L, 17_142_857_142L);
    assertThat(schedule.durationNanos()).isEqualTo(25_714_285_715L);
  }

  @Test
  void theSmallestAndTheLargestLimitsAreAccepted() {
    assertThat(all(ArrivalSchedule.constant(60e9, Duration.ofNanos(3))))
        .containsExactly(0L, 1L, 2L);
    assertThat(ArrivalSchedule.constant(60, Optional.empty(), OptionalLong.of(1)).durationNanos())
        .isEqualTo(1_000_000_000L);
    assertThat(ArrivalSchedule.constant(1, Duration.ofNanos(Long.MAX_VALUE)).durationNanos())
        .isEqualTo(Long.MAX_VALUE);
    // 150 arrivals, one each 694 days: 285 years.
    assertThat(ArrivalSchedule.constant(1e-6, Optional.empty(), OptionalLong.of(150)).count())
        .hasValue(150);
  }

  @Test
  void everyIteratorStartsAnew() {
    ArrivalSchedule schedule = ArrivalSchedule.constant(13, Duration.ofMinutes(3));

    assertThat(all(schedule)).isEqualTo(all(schedule)).hasSize(39);
  }

  @Test
  void exhaustedIteratorThrows() {
    var offsets = ArrivalSchedule.constant(60, Duration.ofSeconds(1)).offsets();
    offsets.nextLong();

    assertThatThrownBy(offsets::nextLong).isInstanceOf(NoSuchElementException.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {3, 7.5, 13, 60, 600, 6000})
  void achievedRateIsTheAskedOne(double rate) {
    List<Long> offsets = all(ArrivalSchedule.constant(rate, Duration.ofMinutes(10)));

    double intervals = offsets.size() - 1;
    double achieved = intervals / (offsets.get(offsets.size() - 1) / 60e9);
    assertThat(achieved).isCloseTo(rate, within(rate / 1_000_000));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -5, Double.NaN, Double.POSITIVE_INFINITY, 6.1e10})
  void impossibleRateIsRefusedWithItsValue(double rate) {
    assertThatThrownBy(() -> ArrivalSchedule.constant(rate, TWO_WEEKS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("requestsPerMinute must be > 0 and <= 60000000000, was " + rate);
  }

  @Test
  void impossibleLimitsAreRefusedWithTheirValue() {
    assertThatThrownBy(() -> ArrivalSchedule.constant(1, Duration.ZERO))
        .hasMessage("duration must be > 0, was PT0S");
    assertThatThrownBy(() -> ArrivalSchedule.constant(1, Duration.ofSeconds(-3)))
        .hasMessage("duration must be > 0, was PT-3S");
    assertThatThrownBy(() -> ArrivalSchedule.constant(1, Duration.ofDays(365 * 300)))
        .hasMessage("duration must be at most 292 years, was PT2628000H");
    assertThatThrownBy(() -> ArrivalSchedule.constant(1, Optional.empty(), OptionalLong.of(0)))
        .hasMessage("maxArrivals must be >= 1, was 0");
    assertThatThrownBy(() -> ArrivalSchedule.constant(1, Optional.empty(), OptionalLong.empty()))
        .hasMessage("duration or maxArrivals must be given, both were absent");
    assertThatThrownBy(
            () -> ArrivalSchedule.constant(1e-6, Optional.empty(), OptionalLong.of(1_000)))
        .hasMessage("maxArrivals must take at most 292 years at this rate, was 1000");
  }

  private static List<Long> all(ArrivalSchedule schedule) {
    List<Long> offsets = new ArrayList<>();
    schedule.offsets().forEachRemaining((long offset) -> offsets.add(offset));
    return offsets;
  }
}
