package dev.gatlingllm.run;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CallRecord;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;

/**
 * Cap on tokens or money: what ended calls took, and the upper bounds of those in flight, stay
 * within it. A call that would not fit is not sent, and ends the load. Safe for use by many
 * threads; one atomic addition per call.
 */
final class SpendCap implements StopCause {

  private final String key;
  private final long most;
  private final LongFunction<String> words;
  private final AtomicLong taken = new AtomicLong();
  private final AtomicReference<Optional<String>> reached = new AtomicReference<>(Optional.empty());

  /**
   * A cap of which nothing is taken.
   *
   * @param most units that may be taken
   * @param words units in words
   */
  SpendCap(String key, long most, LongFunction<String> words) {
    this.key = key;
    this.most = most;
    this.words = words;
  }

  /** Takes the upper bound of a call that is about to be sent; false if it does not fit. */
  boolean take(long bound) {
    if (taken.addAndGet(bound) <= most) {
      return true;
    }
    taken.addAndGet(-bound);
    return false;
  }

  /** Gives back, or with a negative number takes more. */
  void giveBack(long units) {
    taken.addAndGet(-units);
  }

  /** Ends the load because a call does not fit; true for the first. */
  boolean refuse(long bound) {
    String why =
        words.apply(taken.get())
            + " spent or in flight, and the next call may take "
            + words.apply(bound)
            + ", above "
            + words.apply(most);
    return end(why);
  }

  /** Ends the load; true for the first who asks. */
  boolean end(String why) {
    return reached.compareAndSet(Optional.empty(), Optional.of(why + " (" + key + ")"));
  }

  /** What is taken of how much, in words. */
  String soFar() {
    return words.apply(taken.get()) + " of " + words.apply(most) + " (" + key + ")";
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public boolean ended(CallRecord call) {
    return false;
  }

  @Override
  public Optional<String> reason() {
    return reached.get();
  }

  @Override
  public Optional<AssertionResult> assertion() {
    long spent = taken.get();
    return Optional.of(
        new AssertionResult(
            "the run needs at most " + words.apply(most) + " (" + key + ")",
            reached.get().isEmpty() && spent <= most,
            reached.get().orElseGet(() -> words.apply(spent)),
            reached.get().map(why -> key)));
  }
}
