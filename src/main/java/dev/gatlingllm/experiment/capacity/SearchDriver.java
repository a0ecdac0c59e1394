package dev.gatlingllm.experiment.capacity;

import dev.gatlingllm.capacity.LoadSearch;
import dev.gatlingllm.capacity.Probe;
import dev.gatlingllm.capacity.ProbeEnd;
import dev.gatlingllm.capacity.ProbeState;
import dev.gatlingllm.capacity.SearchFinding;
import dev.gatlingllm.gatling.engine.ScheduledUsers;
import dev.gatlingllm.live.RunClock;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CapacityResult;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.report.CapacityText;
import dev.gatlingllm.run.CallFollower;
import dev.gatlingllm.run.Plan;
import dev.gatlingllm.stats.Measure;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * Puts the probes of a search on an endpoint while the run goes on. Gatling asks {@link #users} for
 * users about a second ahead; between two probes it gets one idle user a second, who makes no call,
 * since a source that is empty for a moment would end the run. A thread of its own looks at the
 * calls four times a second, ends a probe that has told enough and begins the next when nothing is
 * in flight. Safe for use by many threads: those of calls leave what they know in queues, and wait
 * for nobody who looks at it.
 */
final class SearchDriver implements CallFollower, Plan {

  /** Session attribute: the {@link Arrival} of a user. */
  static final String ARRIVAL = "llm.capacityArrival";

  /** Session attribute: the group and label of a user's calls. */
  static final String PROBE = "llm.probe";

  private static final long TICK_MILLIS = 250;
  private static final long IDLE_NANOS = 1_000_000_000L;

  /** Users are started so much before their call is due. */
  private static final long LEAD_NANOS = 500_000_000L;

  /** How far ahead Gatling may have asked for users. */
  private static final long AHEAD_NANOS = 2_500_000_000L;

  private static final double DROPPED_SHARE = 0.01;

  /** The part of what is left that one probe may have: one near the limit could take it all. */
  private static final double PART = 0.25;

  private static final int FEWEST_FOR_LATENCY = 5;

  private final LoadSearch search;
  private final CapacityConfig config;
  private final ProbeFigures figures;
  private final DoubleSupplier gap;
  private final boolean clients;
  private final Consumer<Runnable> everyTick;
  private final PrintStream console;
  private final Queue<Arrival> announced = new ConcurrentLinkedQueue<>();
  private final Queue<CallRecord> fresh = new ConcurrentLinkedQueue<>();

  /** Over the load that is on and how far its users are drawn. */
  private final Object drawing = new Object();

  private volatile boolean over;
  private volatile OptionalLong zeroNanos = OptionalLong.empty();
  private volatile Optional<ProbeLoad> load = Optional.empty();
  private Optional<RunFiles> files = Optional.empty();
  private RunClock clock;
  private Client client;
  private long cursorNanos;
  private long arrivals;

  // What follows belongs to the thread that looks at the calls.
  private final List<CapacityResult.Probe> lines = new ArrayList<>();
  private Optional<ProbeEnd> ending = Optional.empty();
  private ProbeState lastLook;
  private Optional<Probe> waiting = Optional.empty();
  private long pauseEndNanos;
  private double latencySeconds = Double.POSITIVE_INFINITY;
  private long calls;
  private long tokens;
  private long callsBefore;
  private long tokensBefore;
  private double secondsBefore;
  private String said = "";

  /**
   * A search that has not begun.
   *
   * @param gap of two arrivals, relative to the mean
   * @param clients whether a load is a number of clients
   * @param everyTick gets what is to be done four times a second, by one thread
   */
  SearchDriver(
      LoadSearch search,
      CapacityConfig config,
      ProbeFigures figures,
      DoubleSupplier gap,
      boolean clients,
      Consumer<Runnable> everyTick,
      PrintStream console) {
    this.search = search;
    this.config = config;
    this.figures = figures;
    this.gap = gap;
    this.clients = clients;
    this.everyTick = everyTick;
    this.console = console;
  }

  @Override
  public void beforeRun(RunInfo run, Path folder) {
    files = Optional.of(new RunFiles(folder));
  }

  @Override
  public void begins(RunClock newClock, Client newClient) {
    clock = newClock;
    client = newClient;
    begin(search.next().orElseThrow(), 0);
    write();
    everyTick.accept(this::tick);
  }

  /** Runs a task four times a second, on a thread of its own. */
  static void onOwnThread(Runnable task) {
    ScheduledExecutorService ticker =
        Executors.newSingleThreadScheduledExecutor(
            tick -> {
              Thread thread = new Thread(tick, "llm-capacity");
              thread.setDaemon(true);
              return thread;
            });
    Future<?> unused =
        ticker.scheduleWithFixedDelay(task, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void begin(Probe probe, long soonestOffset) {
    ending = Optional.empty();
    callsBefore = calls;
    tokensBefore = tokens;
    secondsBefore = runSeconds();
    client.beginStretch();
    synchronized (drawing) {
      cursorNanos = Math.max(cursorNanos + 1, soonestOffset);
      load = Optional.of(new ProbeLoad(probe, clients, cursorNanos, gap));
    }
  }

  /** When users are to start, for Gatling: without end. */
  PrimitiveIterator.OfLong users() {
    return new PrimitiveIterator.OfLong() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public long nextLong() {
        return nextUser();
      }
    };
  }

  /** Whether another user is wanted. */
  boolean goesOn() {
    return !over;
  }

  private long nextUser() {
    synchronized (drawing) {
      Optional<ProbeLoad> on = load.filter(ProbeLoad::hasNext);
      cursorNanos = on.isPresent() ? on.get().next() : cursorNanos + IDLE_NANOS;
      announced.add(new Arrival(on, on.isPresent() ? arrivals++ : -1, cursorNanos));
      return cursorNanos;
    }
  }

  /** What the next user who starts is to know. Called by one thread at a time. */
  Map<String, Object> feed() {
    Arrival next = announced.remove();
    if (zeroNanos.isEmpty()) {
      zeroNanos = OptionalLong.of(nowNanos() - next.offsetNanos() + (clients ? 0 : LEAD_NANOS));
    }
    Arrival user = admitted(next);
    if (user.isIdle()) {
      return Map.of(ARRIVAL, user);
    }
    String name = user.load().orElseThrow().name();
    return clients
        ? Map.of(ARRIVAL, user, PROBE, name)
        : Map.of(
            ARRIVAL,
            user,
            PROBE,
            name,
            ScheduledUsers.ARRIVAL,
            zeroNanos.getAsLong() + user.offsetNanos(),
            ScheduledUsers.PLAN,
            this);
  }

  /** The user, or an idle one if the probe has ended meanwhile. */
  private static Arrival admitted(Arrival user) {
    if (user.isIdle()) {
      return user;
    }
    ProbeLoad probe = user.load().orElseThrow();
    // First in, then the question: who ends the probe asks afterwards whether anybody is in.
    probe.open.put(user.index(), user);
    if (!probe.isOver()) {
      return user;
    }
    probe.open.remove(user.index());
    return new Arrival(Optional.empty(), -1, user.offsetNanos());
  }

  /** Whether a client makes one more call. */
  static boolean goesOn(Arrival client) {
    return !client.load().orElseThrow().isOver();
  }

  /** A user has come to the end of the scenario. */
  static void left(Arrival user) {
    user.load().orElseThrow().open.remove(user.index());
  }

  @Override
  public void recorded(CallRecord call) {
    fresh.add(call);
  }

  private void tick() {
    try {
      take();
      step();
    } catch (Throwable e) {
      // Nobody would end the idle users, and so the run.
      console.println("[llm] capacity: the search ends, since it failed: " + e);
      load.ifPresent(ProbeLoad::end);
      over = true;
    }
  }

  private void take() {
    for (CallRecord call = fresh.poll(); call != null; call = fresh.poll()) {
      calls++;
      tokens += ProbeFigures.tokens(call);
      if (ProbeFigures.isThrottled(call) && said.isEmpty()) {
        said = call.errorDetail().isEmpty() ? call.error() : call.errorDetail();
      }
      if (load.isPresent() && call.groups().contains(load.get().name())) {
        load.get().records.add(call);
      }
    }
  }

  private void step() {
    if (over || zeroNanos.isEmpty()) {
      return;
    }
    if (load.isEmpty()) {
      if (nowNanos() - pauseEndNanos >= 0) {
        begin(waiting.orElseThrow(), nowNanos() - zeroNanos.getAsLong() + AHEAD_NANOS);
      }
      return;
    }
    ProbeLoad probe = load.get();
    double elapsed = elapsedSeconds(probe);
    if (ending.isEmpty() && elapsed > 0) {
      look(probe, elapsed);
    } else if (ending.isPresent() && probe.open.isEmpty() && fresh.isEmpty()) {
      ended(probe, ending.get());
    }
  }

  private void look(ProbeLoad probe, double elapsed) {
    probe.backlog.add(elapsed, probe.given(), probe.open.size());
    boolean piledUp = !clients && probe.backlog.pilesUp(latencyOf(probe));
    boolean spent = isSpent();
    if (!piledUp && !spent && !probe.looks.isDue(elapsed, probe.records.size())) {
      return;
    }
    lastLook = state(probe, known(probe), elapsed, piledUp);
    ending = spent ? Optional.of(ProbeEnd.SPENT) : search.look(lastLook, hadItsPart());
    if (ending.isPresent()) {
      probe.end();
    }
  }

  private boolean isSpent() {
    return runSeconds() >= config.duration().toNanos() / 1e9
        || (config.calls().isPresent() && calls >= config.calls().getAsLong())
        || (config.tokens().isPresent() && tokens >= config.tokens().getAsLong());
  }

  private boolean hadItsPart() {
    double left = config.duration().toNanos() / 1e9 - secondsBefore;
    return runSeconds() - secondsBefore >= PART * left
        || isPart(config.calls(), callsBefore, calls)
        || isPart(config.tokens(), tokensBefore, tokens);
  }

  private static boolean isPart(OptionalLong most, long before, long now) {
    return most.isPresent() && now - before >= PART * (most.getAsLong() - before);
  }

  /** The calls up to the first that is in flight: those that end early are not like all others. */
  private List<CallRecord> known(ProbeLoad probe) {
    if (clients || probe.open.isEmpty()) {
      return probe.records;
    }
    long first = sinceRun(probe.open.firstEntry().getValue().offsetNanos());
    return probe.records.stream().filter(call -> call.times().arrival() < first).toList();
  }

  private ProbeState state(
      ProbeLoad probe, List<CallRecord> known, double elapsed, boolean piledUp) {
    long dropped = probe.records.stream().filter(call -> call.outcome() == Outcome.DROPPED).count();
    ProbeState.Client how =
        dropped > DROPPED_SHARE * probe.records.size()
            ? ProbeState.Client.TOO_SLOW
            : client.isTrusted() ? ProbeState.Client.GOOD : ProbeState.Client.DOUBTFUL;
    return figures.state(
        known, sinceRun(probe.beginOffset), Duration.ofNanos((long) (elapsed * 1e9)), piledUp, how);
  }

  private double latencyOf(ProbeLoad probe) {
    return latencySeconds < Double.POSITIVE_INFINITY
        ? latencySeconds
        : typicalSeconds(known(probe)).orElse(Double.POSITIVE_INFINITY);
  }

  private static OptionalDouble typicalSeconds(List<CallRecord> calls) {
    OptionalDouble millis = ProbeFigures.percentile(calls, Measure.E2E, 50);
    return calls.size() < FEWEST_FOR_LATENCY || millis.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(millis.getAsDouble() / 1e3);
  }

  private void ended(ProbeLoad probe, ProbeEnd seemed) {
    double elapsed = lastLook.elapsed().toNanos() / 1e9;
    ProbeState whole = state(probe, probe.records, elapsed, lastLook.piledUp());
    ProbeEnd why = search.ended(whole, seemed);
    CapacityResult.Probe line = figures.line(probe.probe, probe.records, whole, why);
    lines.add(line);
    typicalSeconds(probe.records)
        .ifPresent(seconds -> latencySeconds = Math.min(latencySeconds, seconds));
    console.println("[llm] capacity: " + CapacityText.line(line, clients));
    load = Optional.empty();
    waiting = search.next();
    over = waiting.isEmpty();
    write();
    Duration pause =
        waiting
            .map(Probe::pause)
            .filter(asked -> asked.compareTo(config.pause()) > 0)
            .orElse(config.pause());
    pauseEndNanos = nowNanos() + pause.toNanos();
  }

  private void write() {
    files.ifPresent(
        folder -> {
          try {
            RunFiles.writeAtomically(folder.capacity(), result().format());
          } catch (IOException e) {
            throw new UncheckedIOException("capacity.json cannot be written", e);
          }
        });
  }

  CapacityResult result() {
    Optional<SearchFinding> found = search.finding();
    OptionalDouble at = found.map(SearchFinding::load).orElse(OptionalDouble.empty());
    Carried carried = Carried.at(at, lines, clients);
    return new CapacityResult(
        over,
        found.filter(SearchFinding::precise).isPresent() && over,
        clients,
        found.map(one -> one.by().code()).orElse(""),
        found.flatMap(SearchFinding::limit).orElse(""),
        said,
        at,
        end(found.flatMap(SearchFinding::interval).map(one -> one.low())),
        end(found.flatMap(SearchFinding::interval).map(one -> one.high())),
        found.map(SearchFinding::held).orElse(OptionalDouble.empty()),
        carried.ratePerMinute(),
        carried.tokensPerMinute(),
        carried.inFlight(),
        config.precisionPercent(),
        calls,
        tokens,
        runSeconds(),
        lines);
  }

  private static OptionalDouble end(Optional<Double> value) {
    return value.stream().mapToDouble(Double::doubleValue).findFirst();
  }

  private long nowNanos() {
    return clock.clock().nanos();
  }

  private double runSeconds() {
    return zeroNanos.isEmpty() ? 0 : (nowNanos() - zeroNanos.getAsLong()) / 1e9;
  }

  private double elapsedSeconds(ProbeLoad probe) {
    return (nowNanos() - zeroNanos.getAsLong() - probe.beginOffset) / 1e9;
  }

  private long sinceRun(long offset) {
    return clock.sinceStart(zeroNanos.getAsLong() + offset);
  }

  /** How many there will be is known at the end. */
  @Override
  public OptionalLong arrivals() {
    return OptionalLong.empty();
  }

  @Override
  public long dueBy(long nanos) {
    return 0;
  }
}
