package dev.gatlingllm.run;

import dev.gatlingllm.record.Accounting;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.LoadPlan;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.text.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Double-entry ledger of a run: one side counts what becomes of each call, the other its records.
 * See {@link Accounting} for what must add up. Safe for use by many threads.
 */
public final class Ledger {

  /** What can become of a call that a user is about to make. */
  public enum Fate {
    /** It was handed to the provider's client. */
    SENT,
    /** The client was too late for it. */
    DROPPED,
    /** The user's own limit held it back for too long, or until the run ended. */
    HELD,
    /** It failed before there was anything to send. */
    NEVER_BUILT,
    /** The end of the run came before it. */
    NOT_REACHED
  }

  /** A user that did not come so long after its arrival was due has been lost. */
  private static final long LATEST_USER_NANOS = 5_000_000_000L;

  private final Map<Fate, LongAdder> fates = adders(Fate.class, Fate.values());
  private final Map<Outcome, LongAdder> ends = adders(Outcome.class, Outcome.values());
  private final Set<Ticket> waiting = ConcurrentHashMap.newKeySet();
  private final Set<Plan> plans = ConcurrentHashMap.newKeySet();
  private final LongAdder scheduled = new LongAdder();
  private final LongAdder unscheduled = new LongAdder();
  private final LongAdder twice = new LongAdder();
  private final LongAdder recorded = new LongAdder();
  private final LongAdder retries = new LongAdder();

  private static <K extends Enum<K>> Map<K, LongAdder> adders(Class<K> type, K[] keys) {
    Map<K, LongAdder> adders = new EnumMap<>(type);
    for (K key : keys) {
      adders.put(key, new LongAdder());
    }
    return adders;
  }

  /** A call that a user is about to make; exactly one fate is entered for it. */
  public final class Ticket {

    private final AtomicReference<Fate> fate = new AtomicReference<>();

    private Ticket() {
      waiting.add(this);
    }

    /** Enters what became of the call. A second entry is a contradiction, and counted as such. */
    public void becomes(Fate newFate) {
      if (fate.compareAndSet(null, newFate)) {
        fates.get(newFate).increment();
        waiting.remove(this);
      } else {
        twice.increment();
      }
    }
  }

  /** Opens the entry of a call that is on no schedule. */
  public Ticket open() {
    unscheduled.increment();
    return new Ticket();
  }

  /** Opens the entry of a call for the next arrival of a plan. */
  public Ticket open(Plan plan) {
    if (plan.arrivals().isEmpty()) {
      return open();
    }
    plans.add(plan);
    scheduled.increment();
    return new Ticket();
  }

  /**
   * The rates over time that were planned, of the plans whose first user has come.
   *
   * @param originNanos the reading of the run's clock at the start of the run
   */
  List<LoadPlan> plans(long originNanos) {
    return plans.stream()
        .flatMap(plan -> plan.inRun(originNanos).stream())
        .sorted(Comparator.comparing(LoadPlan::beginNanos))
        .toList();
  }

  /** A record was made of a call that was sent. */
  void ended(CallRecord call) {
    ends.get(call.outcome()).increment();
    retries.add(Math.max(0, call.attempts().size() - 1));
    recorded.increment();
  }

  /** Records made so far. */
  long recorded() {
    return recorded.sum();
  }

  /** A record was made of a call that was never sent. */
  void unsent() {
    recorded.increment();
  }

  /**
   * Closes the ledger: calls that still wait are entered as not reached.
   *
   * @param nowNanos the end of the run: arrivals due later were not to be reached
   * @param written lines of {@code calls.jsonl}
   * @param lost records that could not be written
   * @param faults what else went wrong, a sentence each
   */
  Accounting close(long nowNanos, long written, long lost, List<String> faults) {
    List.copyOf(waiting).forEach(ticket -> ticket.becomes(Fate.NOT_REACHED));
    List<String> problems = new ArrayList<>(faults);
    long absent = absent(nowNanos, problems);
    check(problems, written, lost);
    return new Accounting(
        plans.isEmpty() ? OptionalLong.empty() : OptionalLong.of(planned()),
        of(Fate.SENT),
        of(Fate.DROPPED),
        of(Fate.HELD),
        of(Fate.NEVER_BUILT),
        of(Fate.NOT_REACHED) + absent,
        ends(),
        retries.sum(),
        written,
        lost,
        problems);
  }

  private long planned() {
    return arrivals() + unscheduled.sum();
  }

  private long arrivals() {
    return plans.stream().mapToLong(plan -> plan.arrivals().orElse(0)).sum();
  }

  /** Arrivals that no user came for; only those due after the end may be among them. */
  private long absent(long nowNanos, List<String> problems) {
    long came = scheduled.sum();
    long absent = arrivals() - came;
    if (absent > 0) {
      long longAgo = nowNanos - LATEST_USER_NANOS;
      long due = plans.stream().mapToLong(plan -> plan.dueBy(longAgo)).sum();
      problem(
          problems, due > came, () -> Count.was(due - came, "arrival") + " due, but no user came.");
    }
    problem(
        problems, absent < 0, () -> Count.of(-absent, "user") + " came without a planned arrival.");
    return Math.max(0, absent);
  }

  private void check(List<String> problems, long written, long lost) {
    long sent = of(Fate.SENT);
    long ended = ends.values().stream().mapToLong(LongAdder::sum).sum();
    long unsent = of(Fate.DROPPED) + of(Fate.HELD) + of(Fate.NEVER_BUILT);
    problem(problems, twice.sum() > 0, () -> Count.was(twice.sum(), "call") + " counted twice.");
    problem(
        problems, sent != ended, () -> Count.was(sent, "call") + " sent, but " + ended + " ended.");
    problem(
        problems,
        recorded.sum() != ended + unsent,
        () ->
            Count.was(recorded.sum(), "record")
                + " made for "
                + Count.of(ended + unsent, "call")
                + ".");
    problem(
        problems,
        written + lost != recorded.sum(),
        () ->
            Count.was(recorded.sum(), "record")
                + " made, but "
                + written
                + " written and "
                + lost
                + " lost.");
    problem(
        problems,
        lost > 0,
        () -> Count.was(lost, "record") + " lost, so the report is incomplete.");
  }

  private static void problem(List<String> problems, boolean there, Supplier<String> text) {
    if (there) {
      problems.add(text.get());
    }
  }

  private long of(Fate fate) {
    return fates.get(fate).sum();
  }

  private SortedMap<String, Long> ends() {
    return ends.entrySet().stream()
        .filter(end -> end.getValue().sum() > 0)
        .collect(
            Collectors.toMap(
                end -> end.getKey().code(), end -> end.getValue().sum(), Long::sum, TreeMap::new));
  }
}
