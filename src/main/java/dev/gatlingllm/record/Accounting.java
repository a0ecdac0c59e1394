package dev.gatlingllm.record;

import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of every call of a run. Two sums must add up: {@code planned = sent + dropped + held
 * + neverBuilt + notReached}, and {@code sent} = the sum of {@code ends}. Whatever does not add up,
 * and every loss of records, is listed in {@code problems}.
 *
 * @param planned calls that were to be made: the arrivals of the schedule, and the further calls of
 *     users who came; absent for a closed load, which has no plan
 * @param sent calls handed to the provider's client, however often each was tried
 * @param dropped arrivals that were not sent because the client was too late
 * @param held calls that were not sent because Gatling's throttle or the user's own limit held them
 *     back for too long, or until the run ended
 * @param neverBuilt calls that failed before there was anything to send
 * @param notReached calls that were not due before the run ended
 * @param ends how many sent calls ended in which way, by {@link Outcome#code()}
 * @param retries attempts beyond the first of a call
 * @param recordsWritten lines of {@code calls.jsonl}
 * @param recordsLost records that could not be written
 * @param problems why the numbers of this run are not to be trusted, a sentence each; empty if all
 *     is well
 */
public record Accounting(
    OptionalLong planned,
    long sent,
    long dropped,
    long held,
    long neverBuilt,
    long notReached,
    SortedMap<String, Long> ends,
    long retries,
    long recordsWritten,
    long recordsLost,
    List<String> problems) {

  /** Copies the collections. */
  public Accounting {
    ends = Collections.unmodifiableSortedMap(new TreeMap<>(ends));
    problems = List.copyOf(problems);
  }
}
