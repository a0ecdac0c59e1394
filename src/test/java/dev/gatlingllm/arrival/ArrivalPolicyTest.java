package dev.gatlingllm.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalPolicyTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long TIMER_ERROR = 15_000_000L;
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private static final ArrivalPolicy SKIPPING = new ArrivalPolicy(Duration.ofSeconds(1), false);
  private static final ArrivalPolicy CATCHING_UP = new ArrivalPolicy(Duration.ofSeconds(1), true);

  @Test
  void futureArrivalWaitsForTheRest() {
    assertThat(SKIPPING.decide(5 * SECOND, 2 * SECOND))
        .isEqualTo(new ArrivalDecision.Wait(3 * SECOND));
  }

  @Test
  void arrivalStartsFromItsInstantUntilTheLongestScheduleDelay() {
    assertThat(SKIPPING.decide(5 * SECOND, 5 * SECOND)).isEqualTo(new ArrivalDecision.Start(0));
    assertThat(SKIPPING.decide(5 * SECOND, 6 * SECOND))
        .isEqualTo(new ArrivalDecision.Start(SECOND));
  }

  @Test
  void laterThanTheLongestScheduleDelayIsDropped() {
    assertThat(SKIPPING.decide(5 * SECOND, 6 * SECOND + 1))
        .isEqualTo(new ArrivalDecision.Dropped(SECOND + 1));
  }

  @Test
  void catchingUpStartsEverything() {
    assertThat(CATCHING_UP.decide(5 * SECOND, 90 * SECOND))
        .isEqualTo(new ArrivalDecision.Start(85 * SECOND));
  }

  @Test
  void clockMayPassItsOverflow() {
    assertThat(SKIPPING.decide(Long.MIN_VALUE + 4, Long.MAX_VALUE - 5))
        .isEqualTo(new ArrivalDecision.Wait(10));
  }

  @ParameterizedTest
  @ValueSource(doubles = {3, 7.5, 13, 60, 600, 6000})
  void timersThatAreEarlyAndLateDoNotChangeTheRate(double rate) {
    ArrivalPlayback playback = play(rate, SKIPPING, new SimulatedTimers(TIMER_ERROR));

    assertThat(playback.dropped()).isZero();
    double first = playback.startsNanos().get(0);
    double last = playback.startsNanos().get(playback.startsNanos().size() - 1);
    double achieved = (playback.startsNanos().size() - 1) / ((last - first) / 60e9);
    assertThat(achieved).isCloseTo(rate, within(rate / 100));
  }

  @ParameterizedTest
  @CsvSource({"3, 30", "7.5, 75", "13, 130", "60, 600"})
  void timersThatAreEarlyAndLateLoseAndAddNothing(double rate, int expected) {
    ArrivalPlayback playback = play(rate, SKIPPING, new SimulatedTimers(TIMER_ERROR));

    assertThat(playback.startsNanos()).hasSize(expected);
    assertThat(playback.mostStartsWithin((long) (60e9 / rate) - 2 * TIMER_ERROR)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"3, 30, 1", "7.5, 75, 3", "13, 130, 6", "60, 600, 29", "600, 6000, 290"})
  void arrivalsOfAStallAreDroppedAndCounted(double rate, int arrivals, int dropped) {
    ArrivalPlayback playback = play(rate, SKIPPING, stallingTimers());

    assertThat(playback.dropped()).isCloseTo(dropped, within(1));
    assertThat(playback.startsNanos().size() + playback.dropped()).isEqualTo(arrivals);
  }

  @ParameterizedTest
  @CsvSource({"3, 1", "7.5, 1", "13, 1", "60, 3"})
  void noBurstFollowsAStall(double rate, int mostInASecond) {
    ArrivalPlayback playback = play(rate, SKIPPING, stallingTimers());

    assertThat(playback.mostStartsWithin(SECOND)).isLessThanOrEqualTo(mostInASecond);
  }

  @Test
  void catchingUpBurstsAfterAStallAndMissesNothing() {
    ArrivalPlayback playback = play(60, CATCHING_UP, stallingTimers());

    assertThat(playback.dropped()).isZero();
    assertThat(playback.startsNanos()).hasSize(600);
    assertThat(playback.mostStartsWithin(SECOND)).isBetween(30, 32);
  }

  @Test
  void poissonArrivalsOfAStallAreDroppedAndCountedToo() {
    ArrivalPlayback playback =
        ArrivalPlayback.of(
            ArrivalSchedule.poisson(60, TEN_MINUTES, 11), SKIPPING, stallingTimers());

    assertThat(playback.dropped()).isBetween(10, 50);
    assertThat(playback.startsNanos().size() + playback.dropped()).isEqualTo(600);
  }

  @Test
  void impossibleScheduleDelayIsRefusedWithItsValue() {
    assertThatThrownBy(() -> new ArrivalPolicy(Duration.ZERO, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxScheduleDelay must be > 0 and <= 292 years, was PT0S");
    assertThatThrownBy(() -> new ArrivalPolicy(Duration.ofMillis(-1), false))
        .hasMessage("maxScheduleDelay must be > 0 and <= 292 years, was PT-0.001S");
  }

  private static SimulatedTimers stallingTimers() {
    return new SimulatedTimers(TIMER_ERROR).stallingAt(200 * SECOND, 30 * SECOND);
  }

  private static ArrivalPlayback play(double rate, ArrivalPolicy policy, SimulatedTimers timers) {
    return ArrivalPlayback.of(ArrivalSchedule.constant(rate, TEN_MINUTES), policy, timers);
  }
}
