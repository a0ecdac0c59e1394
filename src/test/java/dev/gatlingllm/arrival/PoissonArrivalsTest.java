package dev.gatlingllm.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonArrivalsTest {

  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  @ParameterizedTest
  @CsvSource({
    "0.5, 5",
    "3, 30",
    "7.5, 75",
    "13, 130",
    "60, 600",
    "600, 6000",
    "6000, 60000",
    "7.44, 74",
    "7.45, 75"
  })
  void countIsTheRateTimesTheMinutesExactly(double rate, int expected) {
    ArrivalSchedule schedule = ArrivalSchedule.poisson(rate, TEN_MINUTES, 1);

    assertThat(schedule.count()).hasValue(expected);
    assertThat(all(schedule)).hasSize(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 42, -7, Long.MIN_VALUE})
  void offsetsAscendWithinTheLoad(long seed) {
    long[] offsets = all(ArrivalSchedule.poisson(6_000, TEN_MINUTES, seed));

    assertThat(offsets).isSorted();
    assertThat(offsets[0]).isNotNegative();
    assertThat(offsets[offsets.length - 1]).isLessThan(600_000_000_000L);
  }

  @Test
  void seedReproducesEveryNanosecond() {
    long[] offsets = all(ArrivalSchedule.poisson(60, Duration.ofSeconds(5), 42));

    assertThat(offsets)
        .containsExactly(
            1_185_476_356L, 1_348_076_141L, 1_724_731_815L, 2_347_620_597L, 2_448_491_033L);
  }

  @Test
  void otherSeedGivesOtherArrivals() {
    assertThat(all(ArrivalSchedule.poisson(60, TEN_MINUTES, 1)))
        .isNotEqualTo(all(ArrivalSchedule.poisson(60, TEN_MINUTES, 2)));
  }

  @Test
  void everyIteratorGivesTheSameValues() {
    ArrivalSchedule schedule = ArrivalSchedule.poisson(600, TEN_MINUTES, 5);

    assertThat(all(schedule)).isEqualTo(all(schedule));
  }

  @Test
  void fewArrivalsDivideTheLoadEvenlyOnAverage() {
    double[] meanShare = new double[3];
    for (long seed = 0; seed < 4_000; seed++) {
      long[] offsets = all(ArrivalSchedule.poisson(3, Duration.ofMinutes(1), seed));
      for (int k = 0; k < 3; k++) {
        meanShare[k] += offsets[k] / 60e9 / 4_000;
      }
    }

    // The k-th of n uniform instants is at k/(n+1) on average; deviation of this mean: 0.0035.
    assertThat(meanShare).containsExactly(new double[] {0.25, 0.5, 0.75}, within(0.0175));
  }

  @Test
  void interChunkLatenciesAreAsIrregularAsThoseOfIndependentUsers() {
    long[] offsets = all(ArrivalSchedule.poisson(6_000, TEN_MINUTES, 3));
    double[] gaps = new double[offsets.length - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = offsets[i + 1] - offsets[i];
    }

    double mean = LongStream.of(offsets).max().orElseThrow() / (double) offsets.length;
    double meanSquare = 0;
    long longerThanMean = 0;
    for (double gap : gaps) {
      meanSquare += gap * gap / gaps.length;
      longerThanMean += gap > mean ? 1 : 0;
    }
    // Exponential gaps: deviation equals mean, and a share of 1/e is longer than the mean.
    double deviation = Math.sqrt(meanSquare - mean * mean);
    assertThat(deviation / mean).isCloseTo(1.0, within(0.02));
    assertThat(longerThanMean / (double) gaps.length).isCloseTo(0.3679, within(0.01));
  }

  @Test
  void everyPartOfTheLoadGetsItsShare() {
    int[] arrivalsOfMinute = new int[10];
    for (long offset : all(ArrivalSchedule.poisson(6_000, TEN_MINUTES, 4))) {
      arrivalsOfMinute[(int) (offset / 60_000_000_000L)]++;
    }

    // 6,000 a minute with a deviation of 73: five deviations.
    for (int arrivals : arrivalsOfMinute) {
      assertThat(arrivals).isBetween(5_630, 6_370);
    }
  }

  @Test
  void twoWeeksAtSixtyThousandPerMinuteStartAtOnce() {
    ArrivalSchedule schedule = ArrivalSchedule.poisson(60_000, Duration.ofDays(14), 9);

    assertThat(schedule.count()).hasValue(1_209_600_000L);
    var offsets = schedule.offsets();
    long last = 0;
    for (int k = 0; k < 100_000; k++) {
      last = offsets.nextLong();
    }
    // 100 s on average, deviation 0.3 s.
    assertThat(last).isBetween(98_500_000_000L, 101_500_000_000L);
  }

  /** The seed makes the second of the uniform numbers the greatest there is. */
  @Test
  void evenTheUnlikeliestArrivalIsBeforeTheEnd() {
    long[] offsets =
        all(ArrivalSchedule.poisson(60, Duration.ofSeconds(2), -7_758_400_535_676_289_236L));

    assertThat(offsets[1]).isEqualTo(1_999_999_999L);
  }

  @Test
  void maxArrivalsShortensTheLoadSoThatTheRateHolds() {
    ArrivalSchedule schedule =
        ArrivalSchedule.poisson(60, Optional.of(TEN_MINUTES), OptionalLong.of(20), 1);

    assertThat(all(schedule)).hasSize(20);
    assertThat(schedule.durationNanos()).isEqualTo(20_000_000_000L);
  }

  @Test
  void maxArrivalsAloneIsEnough() {
    assertThat(ArrivalSchedule.poisson(7, Optional.empty(), OptionalLong.of(20), 1).count())
        .hasValue(20);
  }

  @Test
  void loadWithoutAnyArrivalIsRefused() {
    assertThatThrownBy(() -> ArrivalSchedule.poisson(0.5, Duration.ofSeconds(30), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "requestsPerMinute times duration must be at least half an arrival, was 0.5 for PT30S");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -5, Double.NaN, Double.POSITIVE_INFINITY})
  void impossibleRateIsRefusedWithItsValue(double rate) {
    assertThatThrownBy(() -> ArrivalSchedule.poisson(rate, TEN_MINUTES, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("was " + rate);
  }

  private static long[] all(ArrivalSchedule schedule) {
    LongStream.Builder offsets = LongStream.builder();
    schedule.offsets().forEachRemaining((long offset) -> offsets.add(offset));
    return offsets.build().toArray();
  }
}
