package dev.gatlingllm.live;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a watcher of the run sees while it goes on: counts since the start, rates and latencies of
 * the completions within a window. Safe for use by many threads; what takes time is done outside of
 * the lock that a call which ends has to take.
 */
final class Progress {

  private static final double NANOS_PER_SECOND = 1e9;

  private final RunClock clock;
  private final long windowNanos;
  private final ArrayDeque<ProgressSnapshot.Ended> recent = new ArrayDeque<>();
  private final Map<Outcome, Long> failures = new EnumMap<>(Outcome.class);
  private final SoFar soFar = new SoFar();
  private volatile Supplier<Outlook> outlook = () -> Outlook.NONE;
  private long started;
  private long succeeded;
  private long failed;
  private long cancelled;
  private long throttled;
  private long dropped;
  private long spilledOver;
  private long inFlight;

  /**
   * Nothing has happened yet.
   *
   * @param windowNanos how far back a completion counts
   */
  Progress(RunClock clock, long windowNanos) {
    this.clock = clock;
    this.windowNanos = windowNanos;
  }

  synchronized void started() {
    started++;
    inFlight++;
  }

  /** A call that never was in flight, whose record there is all the same. */
  synchronized void unsent(CallRecord call) {
    dropped += call.outcome() == Outcome.DROPPED ? 1 : 0;
    countFailure(call);
  }

  private void countFailure(CallRecord call) {
    if (call.outcome().failed()) {
      failed++;
      failures.merge(call.outcome(), 1L, Long::sum);
    }
  }

  /** What the run knows beside its calls; asked on the thread that asks for a snapshot. */
  void knows(Supplier<Outlook> newOutlook) {
    outlook = newOutlook;
  }

  void ended(CallRecord call) {
    boolean success = call.outcome() == Outcome.SUCCEEDED;
    ProgressSnapshot.Ended end = new ProgressSnapshot.Ended(clock.clock().nanos(), call, success);
    synchronized (this) {
      inFlight--;
      throttled += call.outcome() == Outcome.THROTTLED ? 1 : 0;
      countFailure(call);
      succeeded += success ? 1 : 0;
      cancelled += call.outcome() == Outcome.CANCELLED ? 1 : 0;
      if (call.served().spilledOver()) {
        spilledOver++;
      } else {
        recent.addLast(end);
        if (success) {
          soFar.add(call);
        }
      }
    }
  }

  /** Whether any call is running or has ended. */
  synchronized boolean hasStarted() {
    return started + dropped + failed > 0;
  }

  /** How the run stands at this moment. */
  ProgressSnapshot snapshot() {
    long now = clock.clock().nanos();
    List<ProgressSnapshot.Ended> ended;
    ProgressCounts counts;
    Map<Outcome, Long> kinds;
    SoFar.Percentiles percentiles;
    synchronized (this) {
      while (!recent.isEmpty() && now - recent.peekFirst().atNanos() >= windowNanos) {
        recent.removeFirst();
      }
      ended = List.copyOf(recent);
      counts =
          new ProgressCounts(
              started, inFlight, succeeded, failed, cancelled, throttled, dropped, spilledOver);
      kinds = Map.copyOf(failures);
      percentiles = soFar.result();
    }
    Outlook known = outlook.get();
    long elapsed = clock.sinceStart(now);
    return new ProgressSnapshot(
        clock.origin().plusNanos(elapsed),
        elapsed / NANOS_PER_SECOND,
        Math.min(elapsed, windowNanos) / NANOS_PER_SECOND,
        counts,
        kinds,
        percentiles,
        known,
        ended);
  }
}
