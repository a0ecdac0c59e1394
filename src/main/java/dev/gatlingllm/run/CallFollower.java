package dev.gatlingllm.run;

import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.live.RunClock;
import dev.gatlingllm.record.CallRecord;

/**
 * A hook that decides on the load by the calls that have ended. The limits of {@code llm.slo} are
 * its own: the run does not judge all calls together, which were made at different loads.
 */
public interface CallFollower extends Hook {

  /** How the client of a run is. Safe for use by many threads. */
  interface Client {

    /** A new stretch of the load begins. */
    void beginStretch();

    /** Whether what was measured since then is ground for a decision. */
    boolean isTrusted();
  }

  /**
   * The load is about to begin.
   *
   * @param clock of the run, on which records are timed
   * @param client of the run
   */
  void begins(RunClock clock, Client client);

  /**
   * A record was made of a call, sent or not, before its user goes on. Called by many threads: must
   * be quick.
   */
  void recorded(CallRecord call);
}
