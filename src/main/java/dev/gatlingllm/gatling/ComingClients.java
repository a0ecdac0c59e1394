package dev.gatlingllm.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.arrival.ClientProfile;
import dev.gatlingllm.arrival.ClientProfile.Stay;
import dev.gatlingllm.config.LoadConfig;
import dev.gatlingllm.gatling.engine.CommonStart;
import dev.gatlingllm.gatling.engine.DividedLoads;
import dev.gatlingllm.gatling.engine.ScheduledUsers;
import dev.gatlingllm.timing.NanoClock;
import io.gatling.javaapi.core.PauseType;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.exec.Executable;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A closed load whose clients come and go: each stay of a client in the profile is a user, who
 * makes one call after another and leaves after the call in hand when the stay is over. Safe for
 * use by many threads.
 */
final class ComingClients {

  private static final String BEGIN = "llm.stayBeginNanos";
  private static final String END = "llm.stayEndNanos";

  private final ClientProfile profile;
  private final List<Stay> stays;
  private final ClosedEnd end;
  private final NanoClock clock;
  private final CommonStart start;
  private volatile long zero;

  ComingClients(LoadConfig config, NanoClock clock) {
    this(config, clock, new CommonStart(clock));
  }

  private ComingClients(LoadConfig config, NanoClock clock, CommonStart start) {
    this.profile = config.clientsOverTime().orElseThrow();
    this.stays = profile.stays(config.part().index(), config.part().of());
    this.end = new ClosedEnd(config, clock, Optional.empty());
    this.clock = clock;
    this.start = start;
  }

  static ComingClients of(LoadConfig config) {
    return new ComingClients(config, NanoClock.SYSTEM, CommonStart.OF_PROCESS);
  }

  PopulationBuilder inject(String name, Executable calls) {
    ArrivalSchedule joins =
        ArrivalSchedule.trace(stays.stream().mapToLong(Stay::fromNanos).toArray(), 1);
    DividedLoads.add();
    return ScheduledUsers.inject(
        scenario(name)
            .feed(feeder())
            .pause(
                session -> Duration.ofNanos(Math.max(0, session.getLong(BEGIN) - clock.nanos())),
                PauseType.Constant)
            .exec(asLongAs(this::staysOn).on(exec(this::inPhase).exec(calls))),
        joins);
  }

  /** Tells each user when its stay ends. The profile begins when the first user asks. */
  Iterator<Map<String, Object>> feeder() {
    Iterator<Stay> next = stays.iterator();
    return new Iterator<>() {
      private boolean begun;

      @Override
      public boolean hasNext() {
        return next.hasNext();
      }

      @Override
      public Map<String, Object> next() {
        Stay stay = next.next();
        if (!begun) {
          begun = true;
          zero =
              start.ofNextLoad(stay.fromNanos()).orElseGet(() -> clock.nanos() - stay.fromNanos());
        }
        return Map.of(BEGIN, zero + stay.fromNanos(), END, zero + stay.toNanos());
      }
    };
  }

  boolean staysOn(Session session) {
    return clock.nanos() - session.getLong(END) < 0 && end.oneMore();
  }

  /** The call that follows belongs to the phase that has been reached. */
  Session inPhase(Session session) {
    return session.set(ScheduledUsers.PHASE, profile.curve().phaseAt(clock.nanos() - zero));
  }
}
