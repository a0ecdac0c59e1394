package dev.gatlingllm.run;

import dev.gatlingllm.call.LlmCall;
import java.util.Collection;

/**
 * Finds out that calls have ended but come to no record, because a tokenizer, a check or a client
 * of the user blocks for ever, and blocks what the other calls need as well: for two minutes no
 * record was made, and a call waits for one all this time. A queue that is slow is not stuck.
 * Confined to one thread.
 */
final class StuckEnds {

  static final long PATIENCE_NANOS = 120_000_000_000L;

  static final String FAULT =
      "Calls ended, but for 2 minutes none of them could be recorded: a tokenizer, a check or a"
          + " client of your own blocks. See a thread dump (jstack) of such a run.";

  private long lastRecorded = -1;
  private long changedNanos;
  private boolean found;

  /**
   * Looks once more.
   *
   * @param unrecorded calls whose records were not made
   * @param recorded how many records were made so far
   * @return whether ends are stuck, for the first time
   */
  boolean foundNow(Collection<LlmCall> unrecorded, long recorded, long nowNanos) {
    if (recorded != lastRecorded) {
      lastRecorded = recorded;
      changedNanos = nowNanos;
    }
    if (found || nowNanos - changedNanos < PATIENCE_NANOS) {
      return false;
    }
    found = unrecorded.stream().anyMatch(call -> call.sinceEnd().orElse(0) >= PATIENCE_NANOS);
    return found;
  }
}
