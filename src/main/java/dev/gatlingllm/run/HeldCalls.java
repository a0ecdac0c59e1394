package dev.gatlingllm.run;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls that are due and held back, by Gatling's throttle or by a limit of the run. Each either
 * goes on or is ended with the run, never both. Safe for use by many threads, without a lock.
 */
final class HeldCalls {

  private final Set<Runnable> held = ConcurrentHashMap.newKeySet();
  private volatile boolean over;

  /**
   * Adds a call.
   *
   * @param end ends it with the run; its identity is that of the call
   */
  void add(Runnable end) {
    held.add(end);
  }

  /** Whether the call goes on: not if the run has ended it, or ended before the call came. */
  boolean goesOn(Runnable end) {
    return held.remove(end) && !over;
  }

  /** Ends all that are held; none goes on any more. */
  void endAll() {
    over = true;
    List.copyOf(held).stream().filter(held::remove).forEach(Runnable::run);
  }
}
