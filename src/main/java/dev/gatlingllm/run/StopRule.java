package dev.gatlingllm.run;

import dev.gatlingllm.config.StopConfig;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.timing.NanoClock;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code llm.stop}: whether so many calls fail that going on is pointless. Looks at the calls that
 * ended within the window, each time one ends and when it is asked, since calls that hang do not
 * end; before the first window is over it says nothing. Arrivals that were dropped and calls that
 * the end of the run cut are no calls that ended.
 *
 * <p>Safe for use by many threads.
 */
final class StopRule implements StopCause {

  /** The setting's key. */
  static final String KEY = "llm.stop.failures";

  private record End(long atNanos, boolean failed) {}

  private final NanoClock clock;
  private final double fromPercent;
  private final long windowNanos;
  private final ArrayDeque<End> window = new ArrayDeque<>();
  private int failed;
  private long originNanos;
  private boolean judging;
  private Optional<String> reached = Optional.empty();

  private StopRule(NanoClock clock, double fromPercent, long windowNanos) {
    this.clock = clock;
    this.fromPercent = fromPercent;
    this.windowNanos = windowNanos;
  }

  /** The rule of these settings, if there is one. */
  static Optional<StopRule> of(StopConfig config, NanoClock clock) {
    return config.failures().isPresent()
        ? Optional.of(
            new StopRule(clock, config.failures().getAsDouble(), config.window().toNanos()))
        : Optional.empty();
  }

  @Override
  public String key() {
    return KEY;
  }

  /** Takes the end of a call; true for the one with which the share is reached. */
  @Override
  public synchronized boolean ended(CallRecord call) {
    boolean bad = call.outcome().failed();
    boolean good = call.outcome() == Outcome.SUCCEEDED || call.outcome() == Outcome.CANCELLED;
    if (reached.isPresent() || !(bad || good)) {
      return false;
    }
    long now = clock.nanos();
    if (!judging) {
      judging = true;
      originNanos = now;
    }
    window.addLast(new End(now, bad));
    failed += bad ? 1 : 0;
    return judge(now);
  }

  /** Looks again; true if the share is reached now. */
  @Override
  public synchronized boolean reachedNow() {
    return judging && reached.isEmpty() && judge(clock.nanos());
  }

  private boolean judge(long now) {
    forgetBefore(now - windowNanos);
    if (now - originNanos < windowNanos
        || window.isEmpty()
        || 100.0 * failed / window.size() < fromPercent) {
      return false;
    }
    reached = Optional.of(failed + " of " + window.size() + " calls");
    return true;
  }

  private void forgetBefore(long nanos) {
    while (!window.isEmpty() && window.peekFirst().atNanos() - nanos <= 0) {
      failed -= window.removeFirst().failed() ? 1 : 0;
    }
  }

  /** Why the run is to be cut; empty if it is not. */
  @Override
  public synchronized Optional<String> reason() {
    return reached.map(share -> share + " failed within " + seconds() + " (" + KEY + ")");
  }

  @Override
  public Optional<AssertionResult> assertion() {
    return Optional.of(asAssertion());
  }

  /** The rule as an assertion. */
  synchronized AssertionResult asAssertion() {
    String text =
        "failed calls of any "
            + seconds()
            + " are below "
            + number(fromPercent)
            + " % ("
            + KEY
            + ")";
    return reached
        .map(share -> AssertionResult.ended(KEY, text, share + ": the run was cut"))
        .orElseGet(() -> new AssertionResult(text, true, "never reached"));
  }

  private String seconds() {
    return number(windowNanos / 1e9) + " s";
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%s", value);
  }
}
