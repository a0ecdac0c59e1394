package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.arrival.ArrivalSchedule;
import io.gatling.core.controller.inject.open.OpenInjectionStep;
import io.gatling.core.controller.inject.open.OpenInjectionSupport;
import io.gatling.core.structure.PopulationBuilder;
import io.gatling.core.structure.ScenarioBuilder;
import io.gatling.javaapi.core.internal.Converters;
import java.util.List;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;
import scala.concurrent.duration.FiniteDuration;

/**
 * An injection step that starts one user for each arrival of a schedule, made one at a time, so
 * that a load of weeks takes no more memory than one of seconds. Gatling's own steps know only
 * whole seconds.
 */
public final class ScheduledUsers implements OpenInjectionStep {

  /** Session attribute: the instant at which the next call is to start, on the run's clock. */
  public static final String ARRIVAL = "llm.arrivalNanos";

  /** Session attribute: the {@link dev.gatlingllm.run.Plan} that the arrival belongs to. */
  public static final String PLAN = "llm.plan";

  /** Session attribute: the phase of the load that the next call belongs to, if it has phases. */
  public static final String PHASE = "llm.phase";

  private static final long serialVersionUID = 1L;

  private final transient ArrivalSchedule schedule;
  private final long users;
  private final transient BooleanSupplier goesOn;

  private ScheduledUsers(ArrivalSchedule schedule, long users, BooleanSupplier goesOn) {
    this.schedule = schedule;
    this.users = users;
    this.goesOn = goesOn;
  }

  /** The scenario with one user for each arrival. */
  public static io.gatling.javaapi.core.PopulationBuilder inject(
      io.gatling.javaapi.core.ScenarioBuilder scenario, ArrivalSchedule schedule) {
    return inject(scenario, schedule, schedule.count().orElse(0), () -> true);
  }

  /**
   * The scenario with one user for each offset of a source that is made up while the load goes on.
   * It is asked up to a second ahead, by one thread, and once more for an offset beyond that.
   *
   * @param offsets from the start, nanoseconds, ascending; always has a next one
   * @param goesOn whether another user is wanted
   */
  public static io.gatling.javaapi.core.PopulationBuilder inject(
      io.gatling.javaapi.core.ScenarioBuilder scenario,
      PrimitiveIterator.OfLong offsets,
      BooleanSupplier goesOn) {
    // A load of no users ends before its first: how many there will be, nobody knows.
    return inject(scenario, new MadeUp(offsets), 1, goesOn);
  }

  /** Offsets that can be drawn once. */
  private record MadeUp(PrimitiveIterator.OfLong offsets) implements ArrivalSchedule {

    @Override
    public OptionalLong count() {
      return OptionalLong.empty();
    }

    @Override
    public long durationNanos() {
      return 0;
    }
  }

  /**
   * The scenario with one user for each arrival of a plan, and then as long as the load goes on.
   * Gatling asks for a user when it has started the one before, up to a second ahead, so that the
   * last one may come in vain.
   *
   * @param schedule of the plan and what follows it
   * @param planned arrivals of the plan
   */
  public static io.gatling.javaapi.core.PopulationBuilder inject(
      io.gatling.javaapi.core.ScenarioBuilder scenario,
      ArrivalSchedule schedule,
      long planned,
      BooleanSupplier goesOn) {
    ScenarioBuilder[] holder = new ScenarioBuilder[1];
    scenario.make(
        wrapped -> {
          holder[0] = wrapped;
          return wrapped;
        });
    OpenInjectionStep step = new ScheduledUsers(schedule, planned, goesOn);
    PopulationBuilder population =
        holder[0].inject(
            Converters.toScalaSeq(List.of(step)),
            OpenInjectionSupport.OpenInjectionProfileFactory());
    return new io.gatling.javaapi.core.PopulationBuilder(population);
  }

  @Override
  public Iterator<FiniteDuration> chain(Iterator<FiniteDuration> chained) {
    PrimitiveIterator.OfLong offsets = schedule.offsets();
    FiniteDuration length = duration();
    return new AbstractIterator<>() {
      private long made;

      private boolean hasOffset() {
        return offsets.hasNext() && (made < users || goesOn.getAsBoolean());
      }

      @Override
      public boolean hasNext() {
        return hasOffset() || chained.hasNext();
      }

      @Override
      public FiniteDuration next() {
        // Who was told of an arrival gets it, even if the load has ended since.
        if (!chained.hasNext() || hasOffset()) {
          made++;
          return FiniteDuration.apply(offsets.nextLong(), TimeUnit.NANOSECONDS);
        }
        return chained.next().$plus(length);
      }
    };
  }

  @Override
  public long users() {
    return users;
  }

  @Override
  public FiniteDuration duration() {
    return FiniteDuration.apply(schedule.durationNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int productArity() {
    return 0;
  }

  @Override
  public Object productElement(int index) {
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  public boolean canEqual(Object that) {
    return that instanceof ScheduledUsers;
  }
}
