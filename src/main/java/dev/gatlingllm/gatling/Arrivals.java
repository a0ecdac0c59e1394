package dev.gatlingllm.gatling;

import dev.gatlingllm.arrival.ArrivalProcess;
import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.arrival.DueArrivals;
import dev.gatlingllm.arrival.ProfileArrivals;
import dev.gatlingllm.arrival.RateProfile;
import dev.gatlingllm.gatling.call.LastCall;
import dev.gatlingllm.gatling.engine.CommonStart;
import dev.gatlingllm.gatling.engine.DeclaredGoals;
import dev.gatlingllm.gatling.engine.DividedLoads;
import dev.gatlingllm.gatling.engine.ExtendedLoad;
import dev.gatlingllm.gatling.engine.ScheduledUsers;
import dev.gatlingllm.live.LoadGoal;
import dev.gatlingllm.record.LoadPlan;
import dev.gatlingllm.record.Share;
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
  private final Share share;
  private final CommonStart start;
  private final DueArrivals due;
  private final NanoClock clock;
  private final Optional<ExtendedLoad> longer;
  private volatile OptionalLong count;
  private volatile OptionalLong beginNanos = OptionalLong.empty();

  private Arrivals(
      ArrivalSchedule schedule,
      Share share,
      OptionalLong count,
      NanoClock clock,
      CommonStart start,
      Optional<ExtendedLoad> longer) {
    this.schedule = schedule;
    this.share = share;
    this.start = start;
    this.count = count;
    this.due = new DueArrivals(schedule);
    this.clock = clock;
    this.longer = longer;
  }

  /** Arrivals of a schedule. */
  public static Arrivals of(ArrivalSchedule schedule) {
    return of(schedule, Share.WHOLE);
  }

  /**
   * The arrivals that a share of a load has.
   *
   * @param part the arrivals of the share alone
   * @param share which are numbered as in the whole load
   */
  public static Arrivals of(ArrivalSchedule part, Share share) {
    return of(part, share, NanoClock.SYSTEM, CommonStart.OF_PROCESS);
  }

  static Arrivals of(ArrivalSchedule schedule, NanoClock clock) {
    return of(schedule, Share.WHOLE, clock, new CommonStart(clock));
  }

  static Arrivals of(ArrivalSchedule part, Share share, NanoClock clock, CommonStart start) {
    return new Arrivals(part, share, part.count(), clock, start, Optional.empty());
  }

  /**
   * Arrivals that go on as long as a load does.
   *
   * @param schedule of the plan and what follows it
   * @param planned arrivals of the plan
   */
  static Arrivals goingOn(
      ArrivalSchedule schedule, long planned, NanoClock clock, ExtendedLoad longer) {
    return new Arrivals(
        schedule,
        Share.WHOLE,
        OptionalLong.of(planned),
        clock,
        new CommonStart(clock),
        Optional.of(longer));
  }

  /** The scenario with one user for each arrival. */
  public PopulationBuilder inject(ScenarioBuilder scenario) {
    DeclaredGoals.declare(this);
    DividedLoads.add();
    return longer.isEmpty()
        ? ScheduledUsers.inject(scenario, schedule)
        : ScheduledUsers.inject(
            scenario, schedule, count.orElseThrow(), () -> !longer.get().isOver());
  }

  /**
   * Gives each user its arrival: the session gets its instant and, as {@code #{arrival}}, its
   * number, in the whole load if this is a share. The schedule begins at the instant that was
   * agreed on with other machines, or when the first user asks. A user who came in vain, since the
   * load has ended, gets neither.
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
          zero = start.ofNextLoad(offset).orElseGet(() -> clock.nanos() - offset + LEAD_NANOS);
          beginNanos = OptionalLong.of(zero);
        }
        Map<String, Object> arrival = new HashMap<>();
        arrival.put(ScheduledUsers.ARRIVAL, zero + offset);
        arrival.put(INDEX, share.number(index++));
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

  /**
   * The number of the arrival that a user came with, in the whole load: of its first call only, if
   * it makes several. Absent if it is on no schedule.
   */
  public static OptionalLong number(Session session) {
    return session.contains(INDEX) && !session.contains(LastCall.ATTRIBUTE)
        ? OptionalLong.of(session.getLong(INDEX))
        : OptionalLong.empty();
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
        : schedule.profile().map(of -> plan(of, begin.getAsLong() - originNanos, share.of()));
  }

  private static LoadPlan plan(ProfileArrivals of, long begin, int shares) {
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
            .map(point -> new LoadPlan.Rate(point.nanos(), point.rpm() / shares))
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
    double rpm =
        schedule
            .profile()
            .map(of -> of.rates().rpmAt(Math.max(0, passed)) / share.of())
            .orElse(steady);
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
