package dev.gatlingllm.record;

/** Calls that {@code llm.timeout.stall} ended: between two chunks, and never after the last. */
public final class BrokenByStall {

  /** The beginning of the error of such a call. */
  public static final String ERROR = "timeout: stalled";

  private BrokenByStall() {}

  /** Whether this is such a call. A baseline keeps no errors, so it knows none. */
  public static boolean is(CallRecord call) {
    return call.outcome() == Outcome.TIMED_OUT && call.error().startsWith(ERROR);
  }
}
