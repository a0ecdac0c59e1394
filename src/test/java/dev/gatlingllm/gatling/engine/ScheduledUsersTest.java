package dev.gatlingllm.gatling.engine;

import static io.gatling.javaapi.core.CoreDsl.scenario;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.arrival.ArrivalSchedule;
import io.gatling.core.controller.inject.open.OpenInjectionStep;
import io.gatling.javaapi.core.PopulationBuilder;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import scala.collection.Iterator;
import scala.collection.Iterator$;
import scala.concurrent.duration.FiniteDuration;

class ScheduledUsersTest {

  private static final ArrivalSchedule THREE =
      ArrivalSchedule.constant(120, Optional.empty(), OptionalLong.of(3));

  private static ScheduledUsers step(ArrivalSchedule schedule) {
    return step(ScheduledUsers.inject(scenario("chat"), schedule));
  }

  private static ScheduledUsers step(PopulationBuilder population) {
    Object profile = population.asScala().injectionProfile();
    for (Field field : profile.getClass().getDeclaredFields()) {
      try {
        field.setAccessible(true);
        if (field.get(profile) instanceof scala.collection.immutable.List<?> steps) {
          return (ScheduledUsers) (OpenInjectionStep) steps.head();
        }
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError("no steps in " + profile);
  }

  private static List<Long> millis(Iterator<FiniteDuration> starts) {
    List<Long> millis = new ArrayList<>();
    while (starts.hasNext()) {
      millis.add(starts.next().toMillis());
    }
    return millis;
  }

  @Test
  void oneUserStartsAtEveryArrival() {
    assertThat(millis(step(THREE).chain(Iterator$.MODULE$.empty())))
        .containsExactly(0L, 500L, 1_000L);
    assertThat(step(THREE).users()).isEqualTo(3);
  }

  @Test
  void theUsersOfTheNextStepStartAfterTheWholeSchedule() {
    Iterator<FiniteDuration> next =
        Iterator$.MODULE$.single(FiniteDuration.apply(100, TimeUnit.MILLISECONDS));
    long length = step(THREE).duration().toMillis();

    assertThat(millis(step(THREE).chain(next))).containsExactly(0L, 500L, 1_000L, length + 100);
    assertThat(length).isBetween(1_000L, 1_500L);
  }

  @Test
  void gatlingIsToldHowManyUsersComeAndForHowLong() {
    ArrivalSchedule minute = ArrivalSchedule.constant(60, Duration.ofSeconds(30));
    assertThat(
            ScheduledUsers.inject(scenario("chat"), minute)
                .asScala()
                .injectionProfile()
                .totalUserCount()
                .get())
        .isEqualTo(30L);
    assertThat(step(minute).duration().toSeconds()).isEqualTo(30);
  }

  @Test
  void theStepIsAValueOfNoParts() {
    ScheduledUsers step = step(THREE);
    assertThat(step.productArity()).isZero();
    assertThat(step.canEqual(step)).isTrue();
    assertThat(step.canEqual("another step")).isFalse();
    assertThatThrownBy(() -> step.productElement(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** Gatling asks for the user after the last one while the load may still go on. */
  @Test
  void aLoadThatGoesOnStartsUsersUntilItIsOver() {
    boolean[] goesOn = {true};
    ArrivalSchedule endless = ArrivalSchedule.constant(120, Duration.ofNanos(Long.MAX_VALUE));
    Iterator<FiniteDuration> starts =
        step(ScheduledUsers.inject(scenario("chat"), endless, 3, () -> goesOn[0]))
            .chain(Iterator$.MODULE$.empty());
    for (int user = 0; user < 5; user++) {
      assertThat(starts.hasNext()).isTrue();
      assertThat(starts.next().toMillis()).isEqualTo(500L * user);
    }
    assertThat(starts.hasNext()).isTrue();
    goesOn[0] = false;
    assertThat(starts.next().toMillis()).isEqualTo(2_500L);
    assertThat(starts.hasNext()).isFalse();
  }

  @Test
  void theUsersOfThePlanStartWhetherItGoesOnOrNot() {
    ArrivalSchedule endless = ArrivalSchedule.constant(120, Duration.ofNanos(Long.MAX_VALUE));
    ScheduledUsers step = step(ScheduledUsers.inject(scenario("chat"), endless, 3, () -> false));
    assertThat(millis(step.chain(Iterator$.MODULE$.empty()))).containsExactly(0L, 500L, 1_000L);
    assertThat(step.users()).isEqualTo(3);
  }
}
