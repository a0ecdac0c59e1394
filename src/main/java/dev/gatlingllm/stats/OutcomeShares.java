package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.Optional;

/**
 * Shares of calls by how they ended, with the number of independent calls that they rest on; all
 * but {@code dropped} and {@code cacheHits} of the calls that the client was not to cancel.
 *
 * @param failed of the calls that ended
 * @param throttled of the calls that ended
 * @param dropped of all arrivals
 * @param good calls that kept every limit, of the calls started; absent without limits
 * @param cacheHits of the succeeded calls that say what they read from a prompt cache
 */
public record OutcomeShares(
    ShareCount failed,
    ShareCount throttled,
    ShareCount dropped,
    Optional<ShareCount> good,
    ShareCount cacheHits) {

  private static final int ENDED = 0;
  private static final int FAILED = 1;
  private static final int THROTTLED = 2;
  private static final int ARRIVED = 3;
  private static final int DROPPED = 4;
  private static final int STARTED = 5;
  private static final int GOOD = 6;
  private static final int TELLS_OF_CACHE = 7;
  private static final int HIT = 8;
  private static final int KINDS = 9;

  /** Counts calls by when they started, in memory that has a bound. Confined to one thread. */
  static final class Tally {
    private final SlotCounts counts = new SlotCounts(KINDS);

    /**
     * Adds a call or a dropped arrival.
     *
     * @param good whether it kept every limit
     */
    void add(CallRecord call, long shiftNanos, boolean good) {
      long start = call.times().start().orElse(call.times().arrival()) + shiftNanos;
      int at = SlotCounts.unit(start);
      Outcome outcome = call.outcome();
      count(at, ARRIVED, true);
      count(at, DROPPED, outcome == Outcome.DROPPED);
      boolean toStay = !call.cancel().cancels();
      count(at, STARTED, toStay && outcome.started());
      count(at, ENDED, toStay && outcome.started() && outcome != Outcome.UNFINISHED);
      count(at, FAILED, toStay && outcome.failed());
      count(at, THROTTLED, toStay && outcome == Outcome.THROTTLED);
      count(at, GOOD, good);
      boolean tells = outcome == Outcome.SUCCEEDED && CacheTally.tells(call.tokens());
      count(at, TELLS_OF_CACHE, tells);
      count(at, HIT, tells && call.tokens().cachedInput().getAsLong() > 0);
    }

    private void count(int at, int kind, boolean counts) {
      if (counts) {
        this.counts.add(at, kind);
      }
    }

    /** Adds the calls of another tally. */
    void addAll(Tally other) {
      counts.addAll(other.counts);
    }

    OutcomeShares result(boolean limited) {
      return new OutcomeShares(
          share(FAILED, ENDED),
          share(THROTTLED, ENDED),
          share(DROPPED, ARRIVED),
          limited ? Optional.of(share(GOOD, STARTED)) : Optional.empty(),
          share(HIT, TELLS_OF_CACHE));
    }

    private ShareCount share(int kind, int of) {
      return ShareCount.of(counts, kind, of);
    }
  }
}
