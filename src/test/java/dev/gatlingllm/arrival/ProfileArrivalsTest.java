package dev.gatlingllm.arrival;

import static dev.gatlingllm.arrival.RatePhase.hold;
import static dev.gatlingllm.arrival.RatePhase.pause;
import static dev.gatlingllm.arrival.RatePhase.ramp;
import static dev.gatlingllm.arrival.RatePhase.sine;
import static dev.gatlingllm.arrival.RatePhase.spike;
import static dev.gatlingllm.arrival.RatePhase.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileArrivalsTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long SLICE = 10 * SECOND;

  private static final RateProfile DAY =
      RateProfile.of(
          ramp(10, 600, Duration.ofMinutes(2)),
          hold(600, Duration.ofSeconds(45)),
          pause(Duration.ofSeconds(20)),
          steps(60, 240, 60, Duration.ofSeconds(30)),
          spike(30, 900, Duration.ofSeconds(31)),
          sine(300, 250, Duration.ofSeconds(97), Duration.ofMinutes(4)),
          ramp(500.5, 0, Duration.ofMinutes(1)));

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static List<RateProfile> profiles() {
    List<RateProfile> all = new ArrayList<>();
    all.add(RateProfile.of(hold(7, seconds(600))));
    all.add(RateProfile.of(ramp(0, 600, seconds(300))));
    all.add(RateProfile.of(ramp(600, 0, seconds(300))));
    all.add(RateProfile.of(steps(60, 300, 60, seconds(30))));
    all.add(RateProfile.of(spike(60, 1200, seconds(60))));
    all.add(RateProfile.of(sine(300, 300, seconds(86), seconds(600))));
    all.add(DAY);
    return all;
  }

  private static long[] offsets(ArrivalSchedule schedule) {
    return LongStream.generate(schedule.offsets()::nextLong)
        .limit(schedule.count().orElseThrow())
        .toArray();
  }

  @Test
  void aHoldHasTheArrivalsOfThatRate() {
    for (double rpm : new double[] {7, 120, 7.45, 0.5, 60_000}) {
      long[] constant = offsets(ArrivalSchedule.constant(rpm, seconds(61)));

      assertThat(offsets(ArrivalSchedule.of(RateProfile.of(hold(rpm, seconds(61))))))
          .isEqualTo(constant);
    }
  }

  @Test
  void arrivalsOfARampAreAtTheRootsOfItsIntegral() {
    // From 0 to 60 per minute in 60 s: t²/120 arrivals after t seconds, so arrival k at √(120 k) s.
    long[] up = offsets(ArrivalSchedule.of(RateProfile.of(ramp(0, 60, seconds(60)))));
    long[] down = offsets(ArrivalSchedule.of(RateProfile.of(ramp(60, 0, seconds(60)))));

    assertThat(up).hasSize(30).startsWith(0, 10_954_451_150L, 15_491_933_384L, 18_973_665_961L);
    // 60 − √(3600 − 120 k), to the nanosecond even where the rate is almost nothing.
    assertThat(down).hasSize(30).startsWith(0, 1_008_475_184L).endsWith(49_045_548_849L);
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void anArrivalIsAtTheLastNanosecondWithNoMoreIntegrated(RateProfile profile) {
    long[] offsets = offsets(ArrivalSchedule.of(profile));

    for (int k = 0; k < offsets.length; k++) {
      BigInteger level = RatePiece.PER_ARRIVAL.multiply(BigInteger.valueOf(k));
      assertThat(profile.levelAt(offsets[k])).isLessThanOrEqualTo(level);
      assertThat(profile.levelAt(offsets[k] + 1)).isGreaterThan(level);
    }
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void everyTenSecondsHaveWhatIsAskedForWithinOneArrival(RateProfile profile) {
    long[] offsets = offsets(ArrivalSchedule.of(profile));

    for (long from = 0; from < profile.nanos(); from += SLICE) {
      long to = Math.min(from + SLICE, profile.nanos());
      double asked = profile.arrivalsUpTo(to) - profile.arrivalsUpTo(from);
      long begin = from;
      long achieved =
          LongStream.of(offsets).filter(offset -> offset >= begin && offset < to).count();
      assertThat((double) achieved).isCloseTo(asked, within(Math.max(1.0, asked / 100)));
    }
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void theIntegralAgreesWithTheRate(RateProfile profile) {
    long step = profile.nanos() / 20_000;
    double sum = 0;
    for (int i = 0; i < 20_000; i++) {
      sum += profile.rpmAt(i * step + step / 2) * step / 60e9;
      assertThat(profile.arrivalsUpTo((i + 1) * step)).isCloseTo(sum, within(0.6));
    }
    assertThat(profile.arrivalsUpTo(profile.nanos())).isCloseTo(sum, within(0.6));
  }

  @Test
  void arrivalsGoOnAfterAPauseAndNotAtItsStart() {
    RateProfile profile =
        RateProfile.of(hold(60, seconds(3)), pause(seconds(10)), hold(60, seconds(2)));

    assertThat(offsets(ArrivalSchedule.of(profile)))
        .containsExactly(0, SECOND, 2 * SECOND, 13 * SECOND, 14 * SECOND);
    assertThat(profile.phaseAt(3 * SECOND)).isEqualTo("2 pause");
    assertThat(profile.phaseAt(13 * SECOND)).isEqualTo("3 hold 60 rpm");
  }

  @Test
  void phasesAreNamedByTheirWordsAndEachStepIsOne() {
    assertThat(DAY.phases())
        .extracting(RateProfile.Span::name)
        .containsExactly(
            "1 ramp 10 to 600 rpm",
            "2 hold 600 rpm",
            "3 pause",
            "4 step 60 rpm",
            "5 step 120 rpm",
            "6 step 180 rpm",
            "7 step 240 rpm",
            "8 spike 30 to 900 rpm",
            "9 sine 300 by 250 rpm",
            "10 ramp 500.5 to 0 rpm");
    assertThat(DAY.phases().get(9).toNanos()).isEqualTo(DAY.nanos());
    assertThat(RateProfile.of(steps(0.3, 0.1, 0.1, seconds(1))).phases())
        .extracting(RateProfile.Span::name)
        .containsExactly("1 step 0.3 rpm", "2 step 0.2 rpm", "3 step 0.1 rpm");
  }

  @Test
  void requestsEndTheLoadWhereTheyAreReached() {
    RateProfile profile = RateProfile.of(hold(60, seconds(5)), pause(seconds(9)), DAY_PART);

    ArrivalSchedule five =
        ArrivalSchedule.of(profile, ArrivalProcess.CONSTANT, OptionalLong.of(5), 1);
    assertThat(offsets(five)).endsWith(4 * SECOND).hasSize(5);
    assertThat(five.durationNanos()).isEqualTo(5 * SECOND);
    ArrivalSchedule random =
        ArrivalSchedule.of(profile, ArrivalProcess.POISSON, OptionalLong.of(5), 1);
    assertThat(offsets(random))
        .hasSize(5)
        .satisfies(all -> assertThat(all[4]).isLessThan(5 * SECOND));
    assertThat(ArrivalSchedule.of(profile, ArrivalProcess.CONSTANT, OptionalLong.of(99), 1).count())
        .hasValue(10);
  }

  private static final RatePhase DAY_PART = hold(60, Duration.ofSeconds(5));

  @Test
  void pointsAreJoinedByStraightLinesAndTwoAtOneInstantAreAJump() {
    RateProfile profile =
        RateProfile.of(
            RatePhase.through(
                "file rates.csv",
                List.of(point(0, 60), point(10, 60), point(10, 120), point(20.5, 0))));

    assertThat(profile.nanos()).isEqualTo(20_500_000_000L);
    assertThat(profile.rpmAt(10 * SECOND - 1)).isEqualTo(60);
    assertThat(profile.rpmAt(10 * SECOND)).isEqualTo(120);
    assertThat(profile.arrivalsUpTo(profile.nanos())).isEqualTo(10 + 10.5);
    assertThat(profile.phases())
        .extracting(RateProfile.Span::name)
        .containsExactly("1 file rates.csv rpm");
    assertThat(profile.outline())
        .containsExactly(
            new RateProfile.Point(0, 60),
            new RateProfile.Point(10 * SECOND, 60),
            new RateProfile.Point(10 * SECOND, 120),
            new RateProfile.Point(20_500_000_000L, 0));
  }

  private static RatePhase.Point point(double second, double rpm) {
    return new RatePhase.Point(BigDecimal.valueOf(second), rpm);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 1, 4})
  void randomArrivalsFollowTheIntegralAndTheirGapsTheirDistribution(double burstiness) {
    ArrivalProcess process =
        burstiness == 1 ? ArrivalProcess.POISSON : ArrivalProcess.gamma(burstiness);
    RateProfile fast =
        RateProfile.of(
            ramp(600, 6_000, seconds(120)),
            sine(3_000, 2_500, seconds(90), seconds(240)),
            ramp(3_000, 100, seconds(60)));
    ArrivalSchedule schedule = ArrivalSchedule.of(fast, process, OptionalLong.empty(), 7);
    long[] offsets = offsets(schedule);

    assertThat(offsets).isSorted().hasSize((int) Math.round(fast.arrivalsUpTo(fast.nanos())));
    double[] rescaled = LongStream.of(offsets).mapToDouble(fast::arrivalsUpTo).toArray();
    double[] gaps = new double[rescaled.length - 1];
    double square = 0;
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = rescaled[i + 1] - rescaled[i];
      square += (gaps[i] - 1) * (gaps[i] - 1) / gaps.length;
    }
    // Kolmogorov and Smirnov at 1 %: 1.63 ÷ √n. The seed is fixed: this fails always or never.
    assertThat(Gaps.distance(gaps, burstiness)).isLessThan(1.63 / Math.sqrt(gaps.length));
    // The coefficient of variation of a gamma distribution is 1 ÷ √shape.
    assertThat(Math.sqrt(square)).isCloseTo(1 / Math.sqrt(burstiness), within(0.05));
  }

  @Test
  void theTestOfGapsTellsOneBurstinessFromAnother() {
    RateProfile fast = RateProfile.of(ramp(600, 6_000, seconds(120)));
    long[] offsets =
        offsets(ArrivalSchedule.of(fast, ArrivalProcess.gamma(0.8), OptionalLong.empty(), 7));
    double[] rescaled = LongStream.of(offsets).mapToDouble(fast::arrivalsUpTo).toArray();
    double[] gaps = new double[rescaled.length - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = rescaled[i + 1] - rescaled[i];
    }

    assertThat(Gaps.distance(gaps, 1)).isGreaterThan(1.63 / Math.sqrt(gaps.length));
  }

  @Test
  void burstsOfASmallBurstinessStayWithinTheLoad() {
    for (long seed = 0; seed < 50; seed++) {
      ArrivalSchedule schedule =
          ArrivalSchedule.of(
              RateProfile.of(hold(60, seconds(60))),
              ArrivalProcess.gamma(0.01),
              OptionalLong.empty(),
              seed);
      assertThat(offsets(schedule))
          .isSorted()
          .hasSize(60)
          .satisfies(all -> assertThat(all[0]).isNotNegative())
          .satisfies(all -> assertThat(all[59]).isLessThan(60 * SECOND));
    }
  }

  @Test
  void seedReproducesEveryNanosecond() {
    RateProfile profile =
        RateProfile.of(ramp(0, 120, seconds(5)), sine(60, 60, seconds(3), seconds(4)));

    assertThat(
            offsets(ArrivalSchedule.of(profile, ArrivalProcess.POISSON, OptionalLong.empty(), 42)))
        .containsExactly(POISSON_42);
    assertThat(
            offsets(
                ArrivalSchedule.of(profile, ArrivalProcess.gamma(0.5), OptionalLong.empty(), 42)))
        .containsExactly(GAMMA_42);
    assertThat(offsets(ArrivalSchedule.of(profile))).containsExactly(CONSTANT_42);
  }

  private static final long[] POISSON_42 = {
    2_479_557_771L,
    2_638_529_018L,
    2_937_096_711L,
    3_311_107_925L,
    3_347_497_239L,
    4_864_252_277L,
    5_029_076_991L,
    6_147_767_101L,
    6_538_647_204L,
    8_567_891_610L
  };
  private static final long[] GAMMA_42 = {
    2_961_403_223L,
    3_474_394_321L,
    3_503_506_929L,
    3_505_260_687L,
    4_581_454_567L,
    4_734_742_487L,
    6_231_204_507L,
    6_270_977_174L,
    6_377_851_447L,
    8_164_703_619L
  };
  private static final long[] CONSTANT_42 = {
    0L,
    2_236_067_977L,
    3_162_277_660L,
    3_872_983_346L,
    4_472_135_954L,
    5_000_000_000L,
    5_635_723_632L,
    6_160_663_475L,
    8_000_000_000L,
    8_635_723_632L
  };

  @Test
  void gammaHoldsForAConstantRateToo() {
    ArrivalSchedule schedule =
        ArrivalSchedule.of(
            600,
            ArrivalProcess.gamma(0.5),
            java.util.Optional.of(seconds(60)),
            OptionalLong.empty(),
            1);

    assertThat(offsets(schedule)).hasSize(600).isSorted();
    assertThat(offsets(schedule)[599]).isLessThan(60 * SECOND);
    assertThat(offsets(schedule)).isEqualTo(offsets(schedule));
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void dueArrivalsAreCountedAsTheyAreMade(RateProfile profile) {
    for (ArrivalProcess process : List.of(ArrivalProcess.CONSTANT, ArrivalProcess.POISSON)) {
      ArrivalSchedule schedule = ArrivalSchedule.of(profile, process, OptionalLong.empty(), 3);
      DueArrivals due = new DueArrivals(schedule);
      long[] offsets = offsets(schedule);
      assertThat(due.by(-1)).isZero();
      for (int k = 0; k < offsets.length; k++) {
        if (k == 0 || offsets[k] > offsets[k - 1]) {
          assertThat(due.by(offsets[k] - 1)).isEqualTo(k);
        }
        assertThat(due.by(offsets[k])).isGreaterThanOrEqualTo(k + 1);
      }
      assertThat(due.by(Long.MAX_VALUE)).isEqualTo(offsets.length);
      assertThat(due.by(offsets[9])).isEqualTo(10);
    }
  }

  @Test
  void noBurstFollowsAStallOnARamp() {
    RateProfile profile = RateProfile.of(ramp(10, 600, seconds(300)));
    SimulatedTimers timers = new SimulatedTimers(10_000_000).stallingAt(200 * SECOND, 30 * SECOND);

    ArrivalPlayback playback =
        ArrivalPlayback.of(
            ArrivalSchedule.of(profile), new ArrivalPolicy(seconds(1), false), timers);

    double missed = profile.arrivalsUpTo(229 * SECOND) - profile.arrivalsUpTo(200 * SECOND);
    assertThat((double) playback.dropped()).isCloseTo(missed, within(2.0));
    assertThat(playback.startsNanos().size() + playback.dropped()).isEqualTo(1_525);
    // 600 per minute at its end, and at 230 s those of the last second beside those of the next.
    assertThat(playback.mostStartsWithin(SECOND)).isLessThanOrEqualTo(2 * 8);
  }

  @Test
  void aProfileOfTwoWeeksIsCountedAndStartsAtOnce() {
    RateProfile weeks =
        RateProfile.of(sine(30_000, 29_000, Duration.ofDays(1), Duration.ofDays(14)));
    ArrivalSchedule schedule = ArrivalSchedule.of(weeks);
    PrimitiveIterator.OfLong offsets = schedule.offsets();

    assertThat(schedule.count()).hasValue(14L * 24 * 60 * 30_000);
    assertThat(offsets.nextLong()).isZero();
    assertThat(schedule.countBy(Duration.ofDays(7).toNanos() - 1)).hasValue(7L * 24 * 60 * 30_000);
    assertThat(new DueArrivals(schedule).by(Duration.ofDays(14).toNanos()))
        .isEqualTo(schedule.count().orElseThrow());
  }

  @Test
  void aPhaseOutOfItsRangeIsRefusedByName() {
    assertRefused(
        () -> hold(-1, seconds(1)), "rpm must be a number from 0 to 60000000000, was -1.0");
    assertRefused(() -> hold(1, Duration.ZERO), "for must be a time above 0, was PT0S");
    assertRefused(() -> ramp(1, Double.NaN, seconds(1)), "to must be a number from 0");
    assertRefused(() -> steps(1, 2, 0, seconds(1)), "by must be a number above 0, was 0.0");
    assertRefused(() -> steps(0, 60e9, 1, seconds(1)), "by must be so large");
    assertRefused(() -> spike(9, 3, seconds(1)), "peak must be more than base (9), was 3.0");
    assertRefused(
        () -> sine(9, 10, seconds(1), seconds(1)),
        "amplitude must be at most the mean (9), was 10.0");
    assertRefused(
        () -> sine(9, 1, Duration.ofNanos(5), seconds(1)), "period must be at least PT0.0001S");
    assertRefused(
        () -> RateProfile.of(hold(1, Duration.ofDays(60_000)), hold(1, Duration.ofDays(60_000))),
        "a profile must last at most 292 years");
    assertRefused(
        () -> ArrivalSchedule.of(RateProfile.of(pause(seconds(9)))),
        "profile must ask for at least half an arrival, asked for 0.0");
    assertRefused(
        () -> ArrivalProcess.gamma(0), "burstiness must be a number from 0.01 to 1000, was 0.0");
  }

  private static void assertRefused(Runnable step, String message) {
    assertThatThrownBy(step::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
