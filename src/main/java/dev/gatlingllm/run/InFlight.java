package dev.gatlingllm.run;

import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.timing.NanoClock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Calls in flight of a run. Safe for use by many threads. The lock of this object is for those who
 * wait and for the end: a call that comes or leaves takes it for a moment, and nobody holds it
 * while a call is ended.
 */
final class InFlight {

  private final NanoClock clock;
  private final Executor canceller;
  private final Map<LlmCall, CallEnd> calls = new ConcurrentHashMap<>();

  /** Guarded by the lock of this. */
  private boolean over;

  /**
   * No calls yet.
   *
   * @param canceller cancels attempts, since a client that blocks there must not hold the run
   */
  InFlight(NanoClock clock, Executor canceller) {
    this.clock = clock;
    this.canceller = canceller;
  }

  /**
   * Takes a call, unless this is closed.
   *
   * @param taken counts it; run before anybody can end it, with the lock held
   */
  synchronized boolean add(LlmCall call, CallEnd end, Runnable taken) {
    if (over) {
      return false;
    }
    taken.run();
    calls.put(call, end);
    return true;
  }

  synchronized void remove(LlmCall call) {
    calls.remove(call);
    notifyAll();
  }

  int size() {
    return calls.size();
  }

  /** The calls, a live view. */
  Iterable<LlmCall> calls() {
    return calls.keySet();
  }

  /** What follows their ends, a live view. */
  Iterable<CallEnd> ends() {
    return calls.values();
  }

  /**
   * Waits until no call is in flight, the time is up, waiting is over or the thread is interrupted.
   *
   * @param over asked at the start and after each {@link #wake}
   */
  synchronized void await(long nanos, BooleanSupplier over) {
    long deadline = clock.nanos() + nanos;
    long left = nanos;
    while (!calls.isEmpty() && left > 0 && !over.getAsBoolean()) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      left = deadline - clock.nanos();
    }
  }

  /** Lets those who wait ask again whether waiting is over. */
  synchronized void wake() {
    notifyAll();
  }

  /** Ends a call as unfinished. */
  void abandon(LlmCall call) {
    call.abandon(canceller);
  }

  void abandonAll() {
    List.copyOf(calls.keySet()).forEach(this::abandon);
  }

  /** Takes no more calls, since nobody would end them. */
  synchronized void close() {
    over = true;
  }

  /** Ends the calls one of whose time limits passed this long ago. */
  void endOverdue(long graceNanos) {
    calls.keySet().forEach(call -> call.endIfOverdue(graceNanos, canceller));
  }

  /** Keeps the records of the calls whose own threads have not got to it. */
  void recordNow() {
    List.copyOf(calls.values()).forEach(CallEnd::recordNow);
  }
}
