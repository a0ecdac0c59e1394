package dev.gatlingllm.run;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CallRecord;
import java.util.Optional;

/** Setting that may end a run's load before it is done. Safe for use by many threads. */
interface StopCause {

  /** The setting's key. */
  String key();

  /** Takes the end of a call; true for the one with which the load is to end. */
  boolean ended(CallRecord call);

  /** Looks again without a call; true once, if the load is to end now. */
  default boolean reachedNow() {
    return false;
  }

  /** Why the load ended, with the key; empty if this did not end it. */
  Optional<String> reason();

  /** The setting as an assertion; empty if it has nothing to say. */
  Optional<AssertionResult> assertion();
}
