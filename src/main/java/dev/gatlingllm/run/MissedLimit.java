package dev.gatlingllm.run;

import dev.gatlingllm.decision.BeyondDoubt;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.StatisticsCollector;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * {@code llm.slo.abort}: a limit that is missed beyond doubt ends the load, once the calls in
 * flight have ended. A call that ends costs a place in a queue; who asks {@link #reachedNow} takes
 * the queue's calls and judges them. Keeps about 300 bytes for each of the first 100,000 calls, and
 * histograms from then on.
 */
final class MissedLimit implements StopCause {

  /** The setting's key. */
  static final String KEY = "llm.slo.abort";

  private static final long EXACT_CALLS = 100_000;

  private final Queue<CallRecord> ended = new ConcurrentLinkedQueue<>();
  private final StatisticsCollector calls;
  private final LongSupplier inFlight;
  private final BooleanSupplier clientIsTrusted;
  private final Consumer<StopCause> end;
  private long judged;
  private volatile Optional<BeyondDoubt> looks = Optional.empty();
  private volatile Optional<String> reached = Optional.empty();

  /**
   * A cause without limits.
   *
   * @param inFlight calls without an end
   * @param clientIsTrusted whether what the client measured is ground for a decision
   * @param end ends the load; called once
   */
  MissedLimit(
      CallObjectives objectives,
      LongSupplier inFlight,
      BooleanSupplier clientIsTrusted,
      Consumer<StopCause> end) {
    this.calls =
        StatisticsCollector.ofNumbers(objectives, PercentileRule.WITHHOLD_WHEN_FEW, EXACT_CALLS);
    this.inFlight = inFlight;
    this.clientIsTrusted = clientIsTrusted;
    this.end = end;
  }

  /** Watches these limits from now on. */
  void watch(List<Limit> limits) {
    looks = limits.isEmpty() ? Optional.empty() : Optional.of(new BeyondDoubt(limits));
  }

  @Override
  public String key() {
    return KEY;
  }

  /** Keeps the call for the next look; ends nothing itself. */
  @Override
  public boolean ended(CallRecord call) {
    if (looks.isPresent() && reached.isEmpty()) {
      ended.add(call);
    }
    return false;
  }

  /** Looks, and ends the load itself if a limit is missed; always false, since it does. */
  @Override
  public boolean reachedNow() {
    if (looks.isPresent() && reached.isEmpty() && isReached(looks.get())) {
      end.accept(this);
    }
    return false;
  }

  private synchronized boolean isReached(BeyondDoubt limits) {
    // Counted first: a call that ends meanwhile counts twice, in favour of the service.
    long open = inFlight.getAsLong();
    for (CallRecord call = ended.poll(); call != null; call = ended.poll()) {
      calls.add(call, 0);
      judged++;
    }
    if (reached.isPresent() || !clientIsTrusted.getAsBoolean()) {
      return false;
    }
    reached = limits.look(calls, judged, open);
    return reached.isPresent();
  }

  @Override
  public Optional<String> reason() {
    return reached.map(limit -> limit + ": the load ends (" + KEY + ")");
  }

  /** Says something only of a run that it ended. */
  @Override
  public Optional<AssertionResult> assertion() {
    String text = "no limit is missed beyond doubt (" + KEY + ")";
    return reason().map(why -> AssertionResult.ended(KEY, text, why));
  }
}
