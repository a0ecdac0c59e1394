package dev.gatlingllm.experiment.capacity;

import dev.gatlingllm.capacity.QueueEndpoint;
import dev.gatlingllm.capacity.QuotaEndpoint;
import dev.gatlingllm.capacity.VirtualEndpoint;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.engine.ScheduledUsers;
import dev.gatlingllm.live.RunClock;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CapacityResult;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.run.CallFollower;
import dev.gatlingllm.stats.CallFixture;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** A search as a run drives it, but on a virtual clock: the part of Gatling is played. */
public final class PlayedSearch {

  private static final long STEP = 50_000_000;
  private static final long TICK = 250_000_000;
  private static final long SECOND = 1_000_000_000;

  private record Event(long at, Runnable what) {}

  private final SearchDriver driver;
  private final VirtualEndpoint endpoint;
  private final boolean clients;
  private final BooleanSupplier trusted;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at));
  private final List<Runnable> ticks = new ArrayList<>();
  private long now;
  private long calls;
  private long idleUsers;

  private PlayedSearch(
      LlmConfig config, boolean clients, VirtualEndpoint endpoint, BooleanSupplier trusted) {
    PrintStream console =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    this.driver = CapacitySearch.driver(config, clients, ticks::add, console);
    this.endpoint = endpoint;
    this.clients = clients;
    this.trusted = trusted;
  }

  static PlayedSearch of(LlmConfig config, boolean clients, VirtualEndpoint endpoint) {
    return new PlayedSearch(config, clients, endpoint, () -> true);
  }

  static PlayedSearch withDoubtfulClient(LlmConfig config, VirtualEndpoint endpoint) {
    return new PlayedSearch(config, false, endpoint, () -> false);
  }

  static PlayedSearch withMissingClass(LlmConfig config, VirtualEndpoint endpoint) {
    return new PlayedSearch(
        config,
        false,
        endpoint,
        () -> {
          throw new NoClassDefFoundError("made up");
        });
  }

  /** What a search finds at four servers of half a second: 480 calls a minute. */
  public static Object atQueue(LlmConfig config) {
    return of(config, false, new QueueEndpoint(4, () -> 0.5)).run();
  }

  /** What a search finds at a quota of 300 calls a minute, and how long it takes. */
  public static Object atQuota(LlmConfig config) {
    return of(config, false, QuotaEndpoint.bucket(300, 5)).run();
  }

  CapacityResult run() {
    driver.begins(
        new RunClock(() -> now, 0, Instant.EPOCH),
        new CallFollower.Client() {
          @Override
          public void beginStretch() {}

          @Override
          public boolean isTrusted() {
            return trusted.getAsBoolean();
          }
        });
    PrimitiveIterator.OfLong users = driver.users();
    long pushedBack = -1;
    for (; driver.goesOn(); now += STEP) {
      if (now % SECOND == 0) {
        long offset = pushedBack >= 0 ? pushedBack : users.nextLong();
        for (; offset < now + 2 * SECOND && driver.goesOn(); offset = users.nextLong()) {
          at(Math.max(now, offset), this::user);
        }
        pushedBack = offset;
      }
      while (!events.isEmpty() && events.peek().at() <= now) {
        events.remove().what().run();
      }
      if (now % TICK == 0) {
        ticks.forEach(Runnable::run);
      }
    }
    return driver.result();
  }

  long calls() {
    return calls;
  }

  long idleUsers() {
    return idleUsers;
  }

  private void at(long nanos, Runnable what) {
    events.add(new Event(nanos, what));
  }

  private void user() {
    Map<String, Object> session = driver.feed();
    Arrival arrival = (Arrival) session.get(SearchDriver.ARRIVAL);
    if (arrival.isIdle()) {
      idleUsers++;
    } else if (clients) {
      client(arrival, session);
    } else {
      at(
          (Long) session.get(ScheduledUsers.ARRIVAL),
          () -> call((Long) session.get(ScheduledUsers.ARRIVAL), arrival, session));
    }
  }

  private void client(Arrival arrival, Map<String, Object> session) {
    if (SearchDriver.goesOn(arrival)) {
      call(now, arrival, session);
    } else {
      SearchDriver.left(arrival);
    }
  }

  private void call(long arrivalNanos, Arrival arrival, Map<String, Object> session) {
    VirtualEndpoint.Answer answer = endpoint.call(arrivalNanos / 1e9);
    calls++;
    double start = arrivalNanos / 1e6;
    double end = answer.end() * 1e3;
    CallFixture call =
        CallFixture.call()
            .id(calls)
            .name("chat", (String) session.get(SearchDriver.PROBE))
            .from(start, end)
            .arrival(start)
            .tokens(40, 60);
    CallRecord made =
        answer.refused()
            ? call.ended(Outcome.THROTTLED, "429 throttled").detail("slow down").record()
            : call.streamed(1e3 * answer.waited(), end - start).record();
    at(
        (long) (answer.end() * 1e9),
        () -> {
          driver.recorded(made);
          if (clients) {
            client(arrival, session);
          } else {
            SearchDriver.left(arrival);
          }
        });
  }
}
