package dev.gatlingllm.stats;

import java.util.Optional;

/**
 * The values of a measure and, where users are looked at, the calls that rank above all of them
 * because a user waited for them in vain.
 */
public final class RankedValues {

  private final Values values;
  private final Optional<Ranks> ranks;

  RankedValues(Values values, Optional<Values> waits) {
    this.values = values;
    this.ranks = waits.map(longer -> new Ranks(values, longer));
  }

  /** How many calls, those without an end included. */
  public long n() {
    return ranks.map(Ranks::n).orElseGet(values::n);
  }

  /** How many of them have no end. */
  public long longer() {
    return n() - values.n();
  }

  /** The least value. */
  public double min() {
    return values.at(0);
  }

  /** The mean of the calls that ended. */
  public double mean() {
    return values.mean();
  }

  /** The greatest value that is certain. */
  public double max() {
    return ranks.map(all -> all.at(all.n() - 1)).orElseGet(() -> values.at(values.n() - 1));
  }

  /**
   * A percentile, however few values there are; a lower bound if {@link #isOpen}.
   *
   * @param percent from 0 to 100, both excluded
   */
  public double percentile(double percent) {
    return ranks.map(all -> all.percentile(percent)).orElseGet(() -> values.percentile(percent));
  }

  /** Whether a percentile falls among the calls without an end. */
  public boolean isOpen(double percent) {
    return ranks.filter(all -> all.isOpen(percent)).isPresent();
  }

  /** Calls with a value of at most a limit; those without an end have none. */
  public ShareCount atMost(double limit) {
    return withLonger(ShareCount.atMost(values, limit), 0);
  }

  /** Calls with a value of at least a limit; those without an end have one for sure. */
  public ShareCount atLeast(double limit) {
    return withLonger(ShareCount.atLeast(values, limit), longer());
  }

  /**
   * The calls that ended say how much neighbours resemble each other, and all are worth as much.
   */
  private ShareCount withLonger(ShareCount ended, long more) {
    return new ShareCount(ended.count() + more, n(), ended.worth() * n() / ended.of());
  }
}
