package dev.gatlingllm.stats;

import dev.gatlingllm.record.Attempt;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the calls of one key, one call at a time. Confined to one thread. */
final class CallTally {

  private final CallObjectives objectives;
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final Map<String, FailureTally> errors = new LinkedHashMap<>();
  private final BreakdownTally breakdown = new BreakdownTally();
  private final AnswerTally answers = new AnswerTally();
  private final ConnectionTally connections = new ConnectionTally();
  private final NotableTally notable = new NotableTally();
  private final CacheTally cache = new CacheTally();
  private final CancelTally cancelled = new CancelTally();
  private final AskedSizes.Tally sizes = new AskedSizes.Tally();
  private final OutcomeShares.Tally shares = new OutcomeShares.Tally();
  private long good;
  private long attemptsSent;
  private long attemptsThrottled;
  private long retriedCalls;
  private long lateEvents;
  private long otherLatencyMode;

  CallTally(CallObjectives objectives) {
    this.objectives = objectives;
  }

  void add(CallRecord call, long shiftNanos) {
    outcomes.merge(call.outcome(), 1L, Long::sum);
    boolean keepsLimits =
        call.outcome().started() && !call.cancel().cancels() && objectives.metBy(call);
    shares.add(call, shiftNanos, keepsLimits);
    if (!call.outcome().started()) {
      return;
    }
    addAttempts(call);
    cancelled.add(call);
    breakdown.add(call);
    connections.add(call);
    lateEvents += call.lateEvents();
    otherLatencyMode += Dimension.servedInOtherLatencyMode(call) ? 1 : 0;
    if (keepsLimits) {
      good++;
    }
    if (call.outcome() == Outcome.SUCCEEDED) {
      notable.add(call, shiftNanos);
      cache.add(call.tokens());
      sizes.add(call);
      answers.add(call);
    } else if (call.outcome().failed()) {
      answers.addBrokenOff(call);
      errors
          .computeIfAbsent(FailureTally.text(call), text -> new FailureTally(text, call.outcome()))
          .add(call, shiftNanos);
    }
  }

  /** Adds the calls of another tally, of the same limits. */
  void addAll(CallTally other) {
    other.outcomes.forEach((outcome, calls) -> outcomes.merge(outcome, calls, Long::sum));
    other.errors.forEach(
        (text, failures) ->
            errors
                .computeIfAbsent(text, any -> new FailureTally(text, failures.outcome()))
                .addAll(failures));
    cancelled.addAll(other.cancelled);
    breakdown.addAll(other.breakdown);
    answers.addAll(other.answers);
    connections.addAll(other.connections);
    shares.addAll(other.shares);
    notable.addAll(other.notable);
    cache.addAll(other.cache);
    sizes.addAll(other.sizes);
    good += other.good;
    attemptsSent += other.attemptsSent;
    attemptsThrottled += other.attemptsThrottled;
    retriedCalls += other.retriedCalls;
    lateEvents += other.lateEvents;
    otherLatencyMode += other.otherLatencyMode;
  }

  private void addAttempts(CallRecord call) {
    attemptsSent += call.attempts().size();
    if (call.attempts().size() > 1) {
      retriedCalls++;
    }
    for (Attempt attempt : call.attempts()) {
      if (attempt.outcome() == Outcome.THROTTLED) {
        attemptsThrottled++;
      }
    }
  }

  CallCounts counts() {
    return new CallCounts(outcomes, cancelled.outcomes());
  }

  /** Absent if the client was to cancel none. */
  Optional<CancelledCalls> cancelled() {
    return cancelled.result();
  }

  OutcomeShares shares() {
    return shares.result(!objectives.isEmpty());
  }

  /** As {@link #shares}; without limits every call that succeeded is a good one. */
  OutcomeShares sharesWithGood() {
    return shares.result(true);
  }

  /** The most frequent first. */
  List<ErrorCount> errors() {
    return errors.values().stream()
        .map(FailureTally::result)
        .sorted(Comparator.comparingLong(ErrorCount::count).reversed())
        .toList();
  }

  Attempts attempts() {
    return new Attempts(attemptsSent, retriedCalls, attemptsThrottled);
  }

  Breakdown breakdown() {
    return breakdown.result();
  }

  /** Absent if no call says anything of its connection. */
  Optional<ConnectionCounts> connections() {
    return connections.result();
  }

  /** Absent if no succeeded call said anything of a prompt cache. */
  Optional<CacheUse> cache() {
    return cache.result();
  }

  /** Absent if no succeeded call asked for a size that was counted. */
  Optional<AskedSizes> sizes(PercentileRule rule) {
    return sizes.result(rule);
  }

  DataQuality dataQuality() {
    return answers.result(lateEvents, otherLatencyMode);
  }

  NotableCalls notable() {
    return notable.result();
  }

  long good() {
    return good;
  }
}
