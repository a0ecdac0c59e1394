package dev.gatlingllm.run;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.text.Count;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Whether any call of a run succeeded, or had its first token when the client cancelled it: without
 * one there is nothing that a limit could be held against, and the run has failed. Safe for use by
 * many threads; costs a volatile read once a call has succeeded.
 */
final class FirstSuccess {

  /** The name of the test case. */
  static final String TEXT = "the run: calls succeeded";

  private final Function<CallRecord, String> after;
  private final LongAdder others = new LongAdder();
  private final AtomicReference<Optional<CallRecord>> failure =
      new AtomicReference<>(Optional.empty());
  private volatile boolean came;

  /**
   * None yet.
   *
   * @param after what the service said to a call, and what to do about it
   */
  FirstSuccess(Function<CallRecord, String> after) {
    this.after = after;
  }

  void ended(CallRecord call) {
    if (came) {
      return;
    }
    if (answers(call)) {
      came = true;
      return;
    }
    others.increment();
    if (call.outcome().failed() && failure.get().isEmpty()) {
      failure.compareAndSet(Optional.empty(), Optional.of(call));
    }
  }

  /** Whether the service answered: to the end, or until the client cancelled. */
  static boolean answers(CallRecord call) {
    return call.outcome() == Outcome.SUCCEEDED
        || (call.outcome() == Outcome.CANCELLED && call.times().firstOutput().isPresent());
  }

  /** Why the run has failed, without a full stop where advice follows; empty if it has not. */
  Optional<String> missing() {
    return came ? Optional.empty() : Optional.of("no call succeeded: " + why());
  }

  private String why() {
    long calls = others.sum();
    if (calls == 0) {
      return "none was made.";
    }
    String made = Count.was(calls, "call") + " made";
    return failure
        .get()
        .map(call -> made + ", the first that failed ended with " + end(call))
        .orElse(made + ", none of which came to an end.");
  }

  private String end(CallRecord call) {
    return call.error() + "." + after.apply(call);
  }

  /** The failed test case; empty if a call succeeded. */
  Optional<AssertionResult> assertion() {
    return missing().map(why -> new AssertionResult(TEXT, false, why));
  }
}
