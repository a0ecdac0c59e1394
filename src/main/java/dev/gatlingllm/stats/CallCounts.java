package dev.gatlingllm.stats;

import dev.gatlingllm.record.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * How many calls ended how.
 *
 * @param byOutcome only outcomes that occurred
 */
public record CallCounts(Map<Outcome, Long> byOutcome) {

  /** Copies the map. */
  public CallCounts {
    EnumMap<Outcome, Long> copy = new EnumMap<>(Outcome.class);
    copy.putAll(byOutcome);
    byOutcome = Collections.unmodifiableMap(copy);
  }

  /** How many ended this way. */
  public long of(Outcome outcome) {
    return byOutcome.getOrDefault(outcome, 0L);
  }

  /** Calls that were sent: all but dropped arrivals. */
  public long started() {
    return sum(Outcome::started);
  }

  /** Calls that ended, well or not. */
  public long ended() {
    return started() - unfinished();
  }

  /** Calls with a complete answer that passed every check. */
  public long succeeded() {
    return of(Outcome.SUCCEEDED);
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
    return Percent.of(succeeded(), ended());
  }

  /** {@code failed ÷ (started − unfinished)} in percent; absent if no call ended. */
  public OptionalDouble errorPercent() {
    return Percent.of(failed(), ended());
  }

  /** {@code throttled ÷ (started − unfinished)} in percent; absent if no call ended. */
  public OptionalDouble throttledPercent() {
    return Percent.of(throttled(), ended());
  }

  private long sum(Predicate<Outcome> selected) {
    return byOutcome.entrySet().stream()
        .filter(entry -> selected.test(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
