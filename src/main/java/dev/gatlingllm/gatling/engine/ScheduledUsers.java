package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.arrival.ArrivalSchedule;
import io.gatling.core.controller.inject.open.OpenInjectionStep;
import io.gatling.core.controller.inject.open.OpenInjectionSupport;
import io.gatling.core.structure.PopulationBuilder;
import io.gatling.core.structure.ScenarioBuilder;
import io.gatling.javaapi.core.internal.Converters;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.concurrent.TimeUnit;
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

  private static final long serialVersionUID = 1L;

  private final transient ArrivalSchedule schedule;

  private ScheduledUsers(ArrivalSchedule schedule) {
    this.schedule = schedule;
  }

  /** The scenario with one user for each arrival. */
  public static io.gatling.javaapi.core.PopulationBuilder inject(
      io.gatling.javaapi.core.ScenarioBuilder scenario, ArrivalSchedule schedule) {
    ScenarioBuilder[] holder = new ScenarioBuilder[1];
    scenario.make(
        wrapped -> {
          holder[0] = wrapped;
          return wrapped;
        });
    OpenInjectionStep step = new ScheduledUsers(schedule);
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
      @Override
      public boolean hasNext() {
        return offsets.hasNext() || chained.hasNext();
      }

      @Override
      public FiniteDuration next() {
        return offsets.hasNext()
            ? FiniteDuration.apply(offsets.nextLong(), TimeUnit.NANOSECONDS)
            : chained.next().$plus(length);
      }
    };
  }

  @Override
  public long users() {
    return schedule.count().orElse(0);
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
