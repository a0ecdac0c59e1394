package dev.gatlingllm.gatling;

import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.gatling.engine.ScheduledUsers;
import dev.gatlingllm.run.Plan;
import dev.gatlingllm.timing.NanoClock;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;

/**
 * Open load on an absolute schedule. Gatling starts each user a little early; the user draws the
 * next arrival from {@link #feeder}, and its first call waits on a timer until that instant. What
 * Gatling or the machine delays shows as schedule delay and shifts no later arrival.
 *
 * <pre>{@code
 * Arrivals arrivals = arrivals(ArrivalSchedule.constant(120, Duration.ofSeconds(30)));
 * setUp(arrivals.inject(scenario("chat").feed(arrivals.feeder()).exec(llm("chat").prompt("hi"))))
 * }</pre>
 */
public final class Arrivals implements Plan {

  /** Session attribute: number of the arrival, from 0. */
  public static final String INDEX = "arrival";

  private static final long LEAD_NANOS = 500_000_000L;

  private final ArrivalSchedule schedule;
  private final NanoClock clock;
  private volatile OptionalLong beginNanos = OptionalLong.empty();

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
          beginNanos = OptionalLong.of(zero);
        }
        return Map.of(
            ScheduledUsers.ARRIVAL,
            zero + offset,
            INDEX,
            index++,
            ScheduledUsers.PLAN,
            Arrivals.this);
      }
    };
  }

  @Override
  public OptionalLong arrivals() {
    return schedule.count();
  }

  @Override
  public long dueBy(long nanos) {
    if (beginNanos.isEmpty()) {
      return 0;
    }
    long due = 0;
    PrimitiveIterator.OfLong offsets = schedule.offsets();
    while (offsets.hasNext() && beginNanos.getAsLong() + offsets.nextLong() - nanos <= 0) {
      due++;
    }
    return due;
  }
}
