package dev.gatlingllm.stats;

import dev.gatlingllm.record.Outcome;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Calls with their instants, each a row of a timeline: all of a run, or a sample of them.
 *
 * @param calls in order of arrival
 * @param total calls of the run, those that were dropped included
 * @param every of so many calls, by their number, one was drawn; 1 if all are there
 * @param slowest so many of the calls with the longest wait are there besides; 0 if all are
 */
public record TimedCalls(List<TimedCall> calls, long total, long every, int slowest) {

  /** Copies the list. */
  public TimedCalls {
    calls = List.copyOf(calls);
  }

  /**
   * A call.
   *
   * @param key index of the row that it is counted in
   * @param id its number within its run
   * @param arrivalSeconds when it was to start, since the start of the (first) run
   * @param startMillis when it was sent, since its arrival; absent if it was not
   * @param firstMillis its first output, since its arrival; absent without one
   * @param lastMillis its last output, since its arrival; absent without one
   * @param endMillis since its arrival
   * @param outcome how it ended
   */
  public record TimedCall(
      int key,
      long id,
      double arrivalSeconds,
      OptionalDouble startMillis,
      OptionalDouble firstMillis,
      OptionalDouble lastMillis,
      double endMillis,
      Outcome outcome) {

    /** From the arrival to the first output; without one, to the end. */
    double waitMillis() {
      return firstMillis.orElse(endMillis);
    }

    TimedCall of(int row) {
      return new TimedCall(
          row, id, arrivalSeconds, startMillis, firstMillis, lastMillis, endMillis, outcome);
    }
  }
}
