package dev.gatlingllm.run;

import java.util.HashMap;
import java.util.Map;

/**
 * Detects calls that ended but whose tokenizer, check or client blocks for ever. A queue that is
 * slow is not stuck: only after half a minute without any record are such calls given up, and if
 * their users still cannot go on half a minute later, an event loop is blocked and the run cannot
 * end by itself. Confined to one thread.
 */
final class StuckEnds {

  static final long PATIENCE_NANOS = 30_000_000_000L;

  static final String FAULT =
      "Calls ended, but their users could not go on for a minute: a check, a tokenizer or a client of"
          + " yours blocks an event loop. A thread dump (jstack) of such a run shows where.";

  private final Map<CallEnd, Long> givenUp = new HashMap<>();
  private long lastRecorded = -1;
  private long recordedAtNanos;
  private long foundAtNanos;
  private boolean found;

  /** Whether no record has been made for half a minute. */
  boolean isSilent(long recorded, long nowNanos) {
    if (recorded != lastRecorded) {
      lastRecorded = recorded;
      recordedAtNanos = nowNanos;
    }
    return nowNanos - recordedAtNanos >= PATIENCE_NANOS;
  }

  /** A call was given up; its user is to go on. */
  void gaveUp(CallEnd end, long nowNanos) {
    givenUp.putIfAbsent(end, nowNanos);
  }

  /** Whether a user still cannot go on; true once. */
  boolean foundNow(long nowNanos) {
    givenUp.keySet().removeIf(CallEnd::isOver);
    if (found || givenUp.values().stream().noneMatch(at -> nowNanos - at >= PATIENCE_NANOS)) {
      return false;
    }
    found = true;
    foundAtNanos = nowNanos;
    return true;
  }

  /** Whether that was found by an instant. */
  boolean foundBefore(long nanos) {
    return found && foundAtNanos - nanos <= 0;
  }
}
