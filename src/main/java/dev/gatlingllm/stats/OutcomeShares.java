package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.Optional;

/**
 * Shares of calls by how they ended, with the number of independent calls that they rest on.
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

  /** What calls are counted by. */
  private enum Kind {
    ENDED,
    FAILED,
    THROTTLED,
    ARRIVED,
    DROPPED,
    STARTED,
    GOOD,
    TELLS_OF_CACHE,
    HIT
  }

  /** Counts calls by when they started, in memory that has a bound. Confined to one thread. */
  static final class Tally {
    private final SlotCounts counts = new SlotCounts(Kind.values().length);

    /**
     * Adds a call or a dropped arrival.
     *
     * @param good whether it kept every limit
     */
    void add(CallRecord call, long shiftNanos, boolean good) {
      long start = call.times().start().orElse(call.times().arrival()) + shiftNanos;
      int at = SlotCounts.unit(start);
      Outcome outcome = call.outcome();
      count(at, Kind.ARRIVED, true);
      count(at, Kind.DROPPED, outcome == Outcome.DROPPED);
      count(at, Kind.STARTED, outcome.started());
      count(at, Kind.ENDED, outcome.started() && outcome != Outcome.UNFINISHED);
      count(at, Kind.FAILED, outcome.failed());
      count(at, Kind.THROTTLED, outcome == Outcome.THROTTLED);
      count(at, Kind.GOOD, good);
      boolean tells = outcome == Outcome.SUCCEEDED && CacheTally.tells(call.tokens());
      count(at, Kind.TELLS_OF_CACHE, tells);
      count(at, Kind.HIT, tells && call.tokens().cachedInput().getAsLong() > 0);
    }

    private void count(int at, Kind kind, boolean counts) {
      if (counts) {
        this.counts.add(at, kind.ordinal());
      }
    }

    /** Adds the calls of another tally. */
    void addAll(Tally other) {
      counts.addAll(other.counts);
    }

    OutcomeShares result(boolean limited) {
      return new OutcomeShares(
          share(Kind.FAILED, Kind.ENDED),
          share(Kind.THROTTLED, Kind.ENDED),
          share(Kind.DROPPED, Kind.ARRIVED),
          limited ? Optional.of(share(Kind.GOOD, Kind.STARTED)) : Optional.empty(),
          share(Kind.HIT, Kind.TELLS_OF_CACHE));
    }

    private ShareCount share(Kind kind, Kind of) {
      return ShareCount.of(counts, kind.ordinal(), of.ordinal());
    }
  }
}
