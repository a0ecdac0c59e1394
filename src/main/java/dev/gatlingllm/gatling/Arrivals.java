package dev.gatlingllm.gatling;

import dev.gatlingllm.arrival.ArrivalProcess;
import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.arrival.DueArrivals;
import dev.gatlingllm.arrival.ProfileArrivals;
import dev.gatlingllm.arrival.RateProfile;
import dev.gatlingllm.gatling.engine.DeclaredGoals;
import dev.gatlingllm.gatling.engine.ExtendedLoad;
import dev.gatlingllm.gatling.engine.ScheduledUsers;
import dev.gatlingllm.live.LoadGoal;
import dev.gatlingllm.record.LoadPlan;
import dev.gatlingllm.run.Plan;
import dev.gatlingllm.timing.NanoClock;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
public final class Arrivals implements Plan, LoadGoal {

  /** Session attribute: number of the arrival, from 0. */
  public static final String INDEX = "arrival";

  private static final long LEAD_NANOS = 500_000_000L;

  private final ArrivalSchedule schedule;
  private final DueArrivals due;
  private final NanoClock clock;
  private final Optional<ExtendedLoad> longer;
  private volatile OptionalLong count;
  private volatile OptionalLong beginNanos = OptionalLong.empty();

  private Arrivals(
      ArrivalSchedule schedule,
      OptionalLong count,
      NanoClock clock,
      Optional<ExtendedLoad> longer) {
    this.schedule = schedule;
    this.count = count;
    this.due = new DueArrivals(schedule);
    this.clock = clock;
    this.longer = longer;
  }

  /** Arrivals of a schedule. */
  public static Arrivals of(ArrivalSchedule schedule) {
    return of(schedule, NanoClock.SYSTEM);
  }

  static Arrivals of(ArrivalSchedule schedule, NanoClock clock) {
    return new Arrivals(schedule, schedule.count(), clock, Optional.empty());
  }

  /**
   * Arrivals that go on as long as a load does.
   *
   * @param schedule of the plan and what follows it
   * @param planned arrivals of the plan
   */
  static Arrivals goingOn(
      ArrivalSchedule schedule, long planned, NanoClock clock, ExtendedLoad longer) {
    return new Arrivals(schedule, OptionalLong.of(planned), clock, Optional.of(longer));
  }

  /** The scenario with one user for each arrival. */
  public PopulationBuilder inject(ScenarioBuilder scenario) {
    DeclaredGoals.declare(this);
    return longer.isEmpty()
        ? ScheduledUsers.inject(scenario, schedule)
        : ScheduledUsers.inject(
            scenario, schedule, count.orElseThrow(), () -> !longer.get().isOver());
  }

  /**
   * Gives each user its arrival: the session gets its instant and, as {@code #{arrival}}, its
   * number. The schedule begins when the first user asks. A user who came in vain, since the load
   * has ended, gets neither.
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
        if (longer.isPresent() && index >= count.orElseThrow() && !isWanted(offset)) {
          return Map.of();
        }
        if (index == 0) {
          zero = clock.nanos() - offset + LEAD_NANOS;
          beginNanos = OptionalLong.of(zero);
        }
        Map<String, Object> arrival = new HashMap<>();
        arrival.put(ScheduledUsers.ARRIVAL, zero + offset);
        arrival.put(INDEX, index++);
        arrival.put(ScheduledUsers.PLAN, Arrivals.this);
        schedule
            .profile()
            .ifPresent(of -> arrival.put(ScheduledUsers.PHASE, of.rates().phaseAt(offset)));
        return arrival;
      }

      private boolean isWanted(long offset) {
        boolean wanted = longer.orElseThrow().oneMore(index, offset);
        count = wanted ? OptionalLong.of(index + 1) : count;
        return wanted;
      }
    };
  }

  /** Whether a user has an arrival, and did not come in vain. */
  static boolean isWanted(Session session) {
    return session.contains(ScheduledUsers.ARRIVAL);
  }

  @Override
  public OptionalLong arrivals() {
    return count;
  }

  @Override
  public Optional<LoadPlan> inRun(long originNanos) {
    OptionalLong begin = beginNanos;
    return begin.isEmpty()
        ? Optional.empty()
        : schedule.profile().map(of -> plan(of, begin.getAsLong() - originNanos));
  }

  private static LoadPlan plan(ProfileArrivals of, long begin) {
    ArrivalProcess process = of.process();
    return new LoadPlan(
        begin,
        process.kind().name().toLowerCase(Locale.ROOT),
        process.kind() == ArrivalProcess.Kind.GAMMA
            ? OptionalDouble.of(process.burstiness())
            : OptionalDouble.empty(),
        of.seed(),
        phases(of.rates()),
        of.rates().outline().stream()
            .map(point -> new LoadPlan.Rate(point.nanos(), point.rpm()))
            .toList());
  }

  static List<LoadPlan.Phase> phases(RateProfile rates) {
    return rates.phases().stream()
        .map(one -> new LoadPlan.Phase(one.name(), one.fromNanos(), one.toNanos()))
        .toList();
  }

  @Override
  public Optional<Way> at(long nanos) {
    OptionalLong begin = beginNanos;
    if (longer.isPresent() || begin.isEmpty() || schedule.count().isEmpty()) {
      return Optional.empty();
    }
    long passed = nanos - begin.getAsLong();
    double steady = schedule.count().getAsLong() * 60e9 / schedule.durationNanos();
    double rpm = schedule.profile().map(of -> of.rates().rpmAt(Math.max(0, passed))).orElse(steady);
    return Optional.of(Way.ofTime(passed, schedule.durationNanos(), OptionalDouble.of(rpm)));
  }

  @Override
  public long dueBy(long nanos) {
    if (beginNanos.isEmpty()) {
      return 0;
    }
    long by = due.by(nanos - beginNanos.getAsLong());
    return Math.min(by, count.orElse(Long.MAX_VALUE));
  }
}
