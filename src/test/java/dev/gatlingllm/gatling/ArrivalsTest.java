package dev.gatlingllm.gatling;

import static io.gatling.javaapi.core.CoreDsl.scenario;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.gatling.engine.ExtendedLoad;
import dev.gatlingllm.gatling.engine.ForgottenLoads;
import dev.gatlingllm.gatling.engine.ManualClock;
import dev.gatlingllm.gatling.engine.ScheduledUsers;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

  private static final long HALF_A_SECOND = 500_000_000L;

  private final ManualClock clock = new ManualClock();
  private final Arrivals arrivals =
      Arrivals.of(ArrivalSchedule.constant(120, Optional.empty(), OptionalLong.of(3)), clock);

  @Test
  void theScheduleBeginsHalfASecondAfterTheFirstUserAsksAndIsAbsoluteFromThenOn() {
    Iterator<Map<String, Object>> feeder = arrivals.feeder();
    long begin = clock.nanos() + HALF_A_SECOND;
    Map<String, Object> first = feeder.next();
    clock.advance(9, java.util.concurrent.TimeUnit.SECONDS);
    Map<String, Object> second = feeder.next();

    assertThat(first).containsEntry(ScheduledUsers.ARRIVAL, begin).containsEntry("arrival", 0L);
    assertThat(second)
        .containsEntry(ScheduledUsers.ARRIVAL, begin + HALF_A_SECOND)
        .containsEntry("arrival", 1L)
        .containsEntry(ScheduledUsers.PLAN, arrivals);
    assertThat(feeder.next()).isNotEmpty();
    assertThat(feeder.hasNext()).isFalse();
  }

  @Test
  void arrivalsAreDueOnceTheirInstantHasCome() {
    assertThat(arrivals.arrivals()).hasValue(3);
    assertThat(arrivals.dueBy(Long.MAX_VALUE / 2)).isZero();
    var unused = arrivals.feeder().next();
    long begin = clock.nanos() + HALF_A_SECOND;

    assertThat(arrivals.dueBy(begin - 1)).isZero();
    assertThat(arrivals.dueBy(begin)).isEqualTo(1);
    assertThat(arrivals.dueBy(begin + 2 * HALF_A_SECOND)).isEqualTo(3);
    assertThat(arrivals.dueBy(begin + 90 * HALF_A_SECOND)).isEqualTo(3);
  }

  @Test
  void gatlingStartsOneUserForEachArrival() {
    assertThat(
            arrivals.inject(scenario("chat")).asScala().injectionProfile().totalUserCount().get())
        .isEqualTo(3L);
    assertThat(
            Arrivals.of(ArrivalSchedule.constant(60, java.time.Duration.ofSeconds(5))).arrivals())
        .hasValue(5);
  }

  /** Before a run lets the load go on, nothing goes on. */
  @Test
  void aUserThatComesInVainGetsNoArrivalAndCountsForNothing() {
    ArrivalSchedule endless =
        ArrivalSchedule.constant(120, java.time.Duration.ofNanos(Long.MAX_VALUE));
    Arrivals goingOn = Arrivals.goingOn(endless, 2, clock, ExtendedLoad.declare(2));
    ForgottenLoads.forget();
    Iterator<Map<String, Object>> feeder = goingOn.feeder();
    assertThat(feeder.next()).containsKey(ScheduledUsers.ARRIVAL);
    assertThat(feeder.next()).containsKey(ScheduledUsers.ARRIVAL);
    assertThat(feeder.hasNext()).isTrue();
    assertThat(feeder.next()).isEmpty();
    assertThat(goingOn.arrivals()).hasValue(2);
    assertThat(goingOn.dueBy(clock.nanos() + 90 * HALF_A_SECOND)).isEqualTo(2);
  }
}
