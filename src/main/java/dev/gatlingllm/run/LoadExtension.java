package dev.gatlingllm.run;

import dev.gatlingllm.config.GateConfig;
import dev.gatlingllm.decision.Ground;
import dev.gatlingllm.decision.Looks;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Extension;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.StatisticsCollector;
import dev.gatlingllm.text.Figures;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * {@code llm.gate.undecided = extend}: the load goes on beyond its plan until {@link Looks} have
 * decided every limit, or until {@code llm.gate.atMost} is reached. It goes on while the calls of a
 * look have no end yet, so that there is neither a gap nor a burst; a look that decides every limit
 * whatever becomes of those ends it at once.
 *
 * <p>Safe for use by many threads. Who asks {@link #oneMore} takes no lock; a call that ends costs
 * a place in a queue; the looks are made by who asks {@link #reachedNow}. Keeps about 300 bytes for
 * each of the first 100,000 calls, and histograms from then on.
 */
public final class LoadExtension implements StopCause {

  private static final long EXACT_CALLS = 100_000;

  /** A look at fewer calls than nine of ten seldom decides what the whole one would. */
  private static final long SHARE_WITHOUT_END = 10;

  private final GateConfig.AtMost most;
  private final StatisticsCollector calls;
  private final LongSupplier begun;
  private final Supplier<Verdict> verdict;
  private final Consumer<Extension> keep;
  private final PrintStream console;
  private final Queue<CallRecord> ended = new ConcurrentLinkedQueue<>();
  private final LongAdder endedCalls = new LongAdder();
  private final LongAdder tokens = new LongAdder();
  private final LongAccumulator largest = new LongAccumulator(Math::max, 0);
  private volatile long planned;
  private volatile long planEnd;
  private volatile boolean over;
  private volatile Optional<String> bound = Optional.empty();

  /** Written under the lock of this, and read without. */
  private volatile boolean done = true;

  // Guarded by the lock of this.
  private Looks looks = new Looks(List.of());
  private final List<CallRecord> later = new ArrayList<>();
  private long taken;
  private long due;
  private long fewerWithoutEnd = Long.MAX_VALUE;

  /**
   * An extension of a run without limits, which goes nowhere.
   *
   * @param begun the number of the next call
   * @param verdict on the client so far
   * @param keep takes the looks after each
   */
  LoadExtension(
      GateConfig.AtMost most,
      CallObjectives objectives,
      LongSupplier begun,
      Supplier<Verdict> verdict,
      Consumer<Extension> keep,
      PrintStream console) {
    this.most = most;
    this.calls =
        StatisticsCollector.ofNumbers(objectives, PercentileRule.WITHHOLD_WHEN_FEW, EXACT_CALLS);
    this.begun = begun;
    this.verdict = verdict;
    this.keep = keep;
    this.console = console;
  }

  /** Goes on until these limits are decided. */
  synchronized void watch(List<Limit> limits) {
    looks = new Looks(limits);
    done = limits.isEmpty();
    over = done;
  }

  /** How many arrivals are planned, or rounds of all clients, where that is known beforehand. */
  public void plans(long rounds) {
    planned = rounds;
  }

  /**
   * Whether one more arrival, or round of a client, is to start beyond the plan.
   *
   * @param made how many have started, those of the plan included
   * @param sinceBeginNanos when it would start, from the first on
   */
  public boolean oneMore(long made, long sinceBeginNanos) {
    if (planEnd == 0) {
      planEnd = Math.max(made, begun.getAsLong());
    }
    if (!over) {
      Optional<String> reached = reached(made, sinceBeginNanos);
      if (reached.isPresent()) {
        bound = reached;
        over = true;
      }
    }
    return !over;
  }

  /** Whether nothing starts beyond the plan any more. */
  public boolean isOver() {
    return over;
  }

  private Optional<String> reached(long made, long sinceBeginNanos) {
    long started = Math.max(made, begun.getAsLong());
    if (started >= most.calls().orElse(Long.MAX_VALUE)) {
      return Optional.of(GateConfig.AtMost.CALLS);
    }
    if (most.duration().isPresent() && sinceBeginNanos >= most.duration().get().toNanos()) {
      return Optional.of(GateConfig.AtMost.DURATION);
    }
    return most.tokens().isPresent() && tokensWith(started + 1) > most.tokens().getAsLong()
        ? Optional.of(GateConfig.AtMost.TOKENS)
        : Optional.empty();
  }

  /** Calls without an end count as the largest so far. */
  private double tokensWith(long started) {
    return tokens.sum() + (double) (started - endedCalls.sum()) * largest.get();
  }

  @Override
  public String key() {
    return GateConfig.UNDECIDED;
  }

  /** Keeps the call for the looks; ends nothing itself. */
  @Override
  public boolean ended(CallRecord call) {
    long taking = call.tokens().input().orElse(0) + call.tokens().output().orElse(0);
    largest.accumulate(taking);
    tokens.add(taking);
    endedCalls.increment();
    if (!done) {
      ended.add(call);
    }
    return false;
  }

  /** Looks if it is time to; always false, since a load that goes on no longer ends by itself. */
  @Override
  public synchronized boolean reachedNow() {
    take();
    if (!done) {
      lookIfDue();
    }
    return false;
  }

  private void lookIfDue() {
    long of = due > 0 ? due : planEnd > 0 ? planEnd : planned;
    boolean known = due > 0 || planEnd > 0 || begun.getAsLong() <= planned;
    long withoutEnd = of - taken;
    if (of == 0 || !known) {
      return;
    }
    if (withoutEnd <= 0) {
      look(of);
    } else if (withoutEnd <= of / SHARE_WITHOUT_END && withoutEnd <= fewerWithoutEnd) {
      // A look costs time: the next one is worth it when half of these have ended.
      fewerWithoutEnd = withoutEnd / 2;
      if (looks.lookEarly(calls, of, withoutEnd, ground())) {
        finish(Extension.DECIDED);
      }
    }
  }

  private void look(long of) {
    looks.look(calls, of, ground());
    if (looks.noGround().isPresent()) {
      finish(Extension.NO_GROUND);
    } else if (looks.isDecided()) {
      finish(Extension.DECIDED);
    } else if (of >= most.calls().orElse(Long.MAX_VALUE)) {
      finish(GateConfig.AtMost.CALLS);
    } else {
      keep.accept(looks.made());
      due = Math.min(Looks.callsAfter(of), most.calls().orElse(Long.MAX_VALUE));
      fewerWithoutEnd = Long.MAX_VALUE;
      takeBelow(due);
      if (!over) {
        console.println("[llm] extending: " + looks.open());
      }
    }
  }

  private Ground ground() {
    return Ground.of(calls.select(any -> true).counts(), 0, verdict.get());
  }

  private void finish(String end) {
    done = true;
    over = true;
    later.clear();
    ended.clear();
    keep.accept(new Extension(looks.made().looks(), Optional.of(end)));
    console.println("[llm] " + words(end));
  }

  private String words(String end) {
    List<Extension.Look> made = looks.made().looks();
    return switch (end) {
      case Extension.DECIDED ->
          "every limit is decided after "
              + Figures.count(made.get(made.size() - 1).calls())
              + " calls"
              + (made.size() == 1 ? "" : ", at look " + made.size())
              + ": the load goes on no longer";
      case Extension.NO_GROUND -> "the load goes on no longer: " + looks.noGround().orElseThrow();
      case Extension.CUT ->
          "the load ended before "
              + (made.isEmpty() ? "a limit could be decided" : "it could tell: " + looks.open());
      default -> end + " is reached: " + looks.open();
    };
  }

  /** While the plan is not over, every call belongs to it, and to the first look. */
  private void take() {
    for (CallRecord call = ended.poll(); call != null; call = ended.poll()) {
      long below = due > 0 ? due : planEnd > 0 ? planEnd : Long.MAX_VALUE;
      if (call.id() < below) {
        add(call);
      } else {
        later.add(call);
      }
    }
  }

  private void takeBelow(long id) {
    later.stream().filter(call -> call.id() < id).forEach(this::add);
    later.removeIf(call -> call.id() < id);
  }

  private void add(CallRecord call) {
    calls.add(call, 0);
    taken++;
  }

  /** The load has ended, and every call with it: looks a last time at all of them. */
  synchronized void runEnds() {
    take();
    if (done) {
      return;
    }
    takeBelow(Long.MAX_VALUE);
    List<Extension.Look> made = looks.made().looks();
    if (taken > (made.isEmpty() ? 0 : made.get(made.size() - 1).calls())) {
      looks.look(calls, taken, ground());
    }
    finish(
        looks.noGround().isPresent()
            ? Extension.NO_GROUND
            : looks.isDecided() ? Extension.DECIDED : bound.orElse(Extension.CUT));
  }

  /** Ends no load before its plan. */
  @Override
  public Optional<String> reason() {
    return Optional.empty();
  }

  @Override
  public Optional<AssertionResult> assertion() {
    return Optional.empty();
  }
}
