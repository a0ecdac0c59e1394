package dev.gatlingllm.protocol;

import dev.gatlingllm.protocol.engine.ScheduledUsers;
import dev.gatlingllm.timing.ArrivalSchedule;
import dev.gatlingllm.timing.NanoClock;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import java.util.Iterator;
import java.util.Map;
import java.util.PrimitiveIterator;

/**
 * Open load on an absolute schedule. Gatling starts each user a little early; the user draws the
 * next arrival from {@link #feeder}, and its first call waits on a timer until that instant. What
 * Gatling or the machine delays shows as lag and shifts no later arrival.
 *
 * <pre>{@code
 * Arrivals arrivals = arrivals(ArrivalSchedule.constant(120, Duration.ofSeconds(30)));
 * setUp(arrivals.inject(scenario("chat").feed(arrivals.feeder()).exec(llm("chat").prompt("hi"))))
 * }</pre>
 */
public final class Arrivals {

  /** Session attribute: the instant at which the next call is to start, on the run's clock. */
  public static final String ATTRIBUTE = "llm.arrivalNanos";

  /** Session attribute: number of the arrival, from 0. */
  public static final String INDEX = "arrival";

  private static final long LEAD_NANOS = 500_000_000L;

  private final ArrivalSchedule schedule;
  private final NanoClock clock;

  private Arrivals(ArrivalSchedule schedule, NanoClock clock) {
    this.schedule = schedule;
    this.clock = clock;
  }

  /** Arrivals of a schedule. */
  public static Arrivals of(ArrivalSchedule schedule) {
    return new Arrivals(schedule, NanoClock.SYSTEM);
  }

  static Arrivals of(ArrivalSchedule schedule, NanoClock clock) {
    return new Arrivals(schedule, clock);
  }

  /** The scenario with one user for each arrival. */
  public PopulationBuilder inject(ScenarioBuilder scenario) {
    return ScheduledUsers.inject(scenario, schedule);
  }

  /**
   * Gives each user its arrival: the session gets its instant and, as {@code #{arrival}}, its
   * number. The schedule begins when the first user asks.
   */
  public Iterator<Map<String, Object>> feeder() {
    PrimitiveIterator.OfLong offsets = schedule.offsets();
    return new Iterator<>() {
      private long index;
      private long zero;

      @Override
      public boolean hasNext() {
        return offsets.hasNext();
      }

      @Override
      public Map<String, Object> next() {
        long offset = offsets.nextLong();
        if (index == 0) {
          zero = clock.nanos() - offset + LEAD_NANOS;
        }
        return Map.of(ATTRIBUTE, zero + offset, INDEX, index++);
      }
    };
  }
}
