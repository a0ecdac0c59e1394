package dev.gatlingllm.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;
import org.junit.jupiter.api.Test;

class RandomPartsTest {

  private static final ArrivalSchedule PLANNED =
      ArrivalSchedule.poisson(600, Duration.ofSeconds(10), 7);

  private static ArrivalSchedule goingOn(double rpm, ArrivalSchedule planned, long seed) {
    return ArrivalSchedule.goingOn(rpm, ArrivalProcess.POISSON, planned, seed);
  }

  private static List<Long> first(int count, ArrivalSchedule schedule) {
    List<Long> offsets = new ArrayList<>();
    for (PrimitiveIterator.OfLong all = schedule.offsets(); offsets.size() < count; ) {
      offsets.add(all.nextLong());
    }
    return offsets;
  }

  @Test
  void thePlanIsTheSameWithWhatFollowsIt() {
    assertThat(first(100, goingOn(600, PLANNED, 7))).isEqualTo(first(100, PLANNED));
  }

  @Test
  void everyPartHasAsManyArrivalsInItsOwnTimeAndOthersThanTheOneBefore() {
    List<Long> all = first(400, goingOn(600, PLANNED, 7));
    assertThat(all).isSorted();
    for (int part = 0; part < 4; part++) {
      long begin = part * 10_000_000_000L;
      assertThat(all.subList(100 * part, 100 * part + 100))
          .allSatisfy(at -> assertThat(at).isBetween(begin, begin + 10_000_000_000L));
    }
    assertThat(all.get(150) - 10_000_000_000L).isNotEqualTo(all.get(50));
  }

  @Test
  void theSameSeedGoesOnTheSameWay() {
    ArrivalSchedule goingOn = goingOn(600, PLANNED, 7);
    assertThat(first(300, goingOn)).isEqualTo(first(300, goingOn));
    assertThat(goingOn.count()).isEmpty();
    assertThat(first(300, goingOn(600, PLANNED, 8))).isNotEqualTo(first(300, goingOn));
  }

  /** 2.5 arrivals fit into the plan, and 3 are made: what follows keeps the rate all the same. */
  @Test
  void whatFollowsHasTheRateThatWasAskedFor() {
    ArrivalSchedule short3 = ArrivalSchedule.poisson(60, Duration.ofMillis(2500), 7);
    List<Long> all = first(300, goingOn(60, short3, 7));
    assertThat(all.get(299)).isBetween(298_000_000_000L, 300_000_000_000L);
  }

  @Test
  void aConstantRateGoesOnAsALongerLoadWouldHave() {
    ArrivalSchedule longer = ArrivalSchedule.constant(7, Optional.empty(), OptionalLong.of(500));
    ArrivalSchedule endless = ArrivalSchedule.constant(7, Duration.ofNanos(Long.MAX_VALUE));
    assertThat(first(500, endless)).isEqualTo(first(500, longer));
  }
}
