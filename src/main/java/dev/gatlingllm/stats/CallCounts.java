package dev.gatlingllm.stats;

import dev.gatlingllm.record.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * How many calls ended how. Percentages are of the calls whose end the client waited for: which
 * calls it cancels is drawn before they are sent, so the others are a fair sample of all, and those
 * that fail or end before they are cancelled are not.
 *
 * @param byOutcome only outcomes that occurred
 * @param toCancel those among them that the client was to cancel
 */
public record CallCounts(Map<Outcome, Long> byOutcome, Map<Outcome, Long> toCancel) {

  /** Copies the maps. */
  public CallCounts {
    byOutcome = copy(byOutcome);
    toCancel = copy(toCancel);
  }

  private static Map<Outcome, Long> copy(Map<Outcome, Long> counts) {
    EnumMap<Outcome, Long> copy = new EnumMap<>(Outcome.class);
    copy.putAll(counts);
    return Collections.unmodifiableMap(copy);
  }

  /** How many ended this way. */
  public long of(Outcome outcome) {
    return byOutcome.getOrDefault(outcome, 0L);
  }

  /** Calls that were sent: all but dropped arrivals. */
  public long started() {
    return sum(Outcome::started);
  }

  /** Calls that were sent, and that the client was not to cancel. */
  public long startedToStay() {
    return toStay(Outcome::started);
  }

  /** Calls that ended, well or not, or that the client cancelled. */
  public long ended() {
    return started() - unfinished();
  }

  /** Calls that ended, and that the client was not to cancel: percentages are of these. */
  public long judged() {
    return toStay(CallCounts::ended);
  }

  /** Calls with a complete answer that passed every check. */
  public long succeeded() {
    return of(Outcome.SUCCEEDED);
  }

  /** Succeeded calls that the client was not to cancel: percentages are of these. */
  public long succeededToStay() {
    return toStay(outcome -> outcome == Outcome.SUCCEEDED);
  }

  /** Calls that ended, and not well; throttled ones among them. */
  public long failed() {
    return sum(Outcome::failed);
  }

  /** How many calls ended in which of the ways that are not well; only those that occurred. */
  public Map<Outcome, Long> failures() {
    EnumMap<Outcome, Long> failures = new EnumMap<>(Outcome.class);
    failures.putAll(byOutcome);
    failures.keySet().removeIf(outcome -> !outcome.failed());
    return Collections.unmodifiableMap(failures);
  }

  /** Calls that the service turned away to slow the client down. */
  public long throttled() {
    return of(Outcome.THROTTLED);
  }

  /** Calls that one of our time limits ended. */
  public long timedOut() {
    return of(Outcome.TIMED_OUT);
  }

  /** Calls that the client cancelled: neither a success nor a failure. */
  public long cancelled() {
    return of(Outcome.CANCELLED);
  }

  /** Calls in flight when the run ended. */
  public long unfinished() {
    return of(Outcome.UNFINISHED);
  }

  /** Arrivals that came too late to be started. */
  public long dropped() {
    return of(Outcome.DROPPED);
  }

  /** {@code succeeded ÷ (started − unfinished)} in percent; absent if no call ended. */
  public OptionalDouble successPercent() {
    return percent(outcome -> outcome == Outcome.SUCCEEDED);
  }

  /** {@code failed ÷ (started − unfinished)} in percent; absent if no call ended. */
  public OptionalDouble errorPercent() {
    return percent(Outcome::failed);
  }

  /** {@code throttled ÷ (started − unfinished)} in percent; absent if no call ended. */
  public OptionalDouble throttledPercent() {
    return percent(outcome -> outcome == Outcome.THROTTLED);
  }

  private OptionalDouble percent(Predicate<Outcome> selected) {
    return Percent.of(toStay(selected), judged());
  }

  private static boolean ended(Outcome outcome) {
    return outcome.started() && outcome != Outcome.UNFINISHED;
  }

  private long toStay(Predicate<Outcome> selected) {
    return sum(byOutcome, selected) - sum(toCancel, selected);
  }

  private long sum(Predicate<Outcome> selected) {
    return sum(byOutcome, selected);
  }

  private static long sum(Map<Outcome, Long> counts, Predicate<Outcome> selected) {
    return counts.entrySet().stream()
        .filter(entry -> selected.test(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
