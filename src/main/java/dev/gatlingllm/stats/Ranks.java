package dev.gatlingllm.stats;

/**
 * Values, and above them all calls whose value is not known: only how long they waited at least.
 * Each of these counts as the greatest value, or as its own wait if that is longer, so that every
 * rank has the largest number that its value is certain to reach.
 */
record Ranks(Values ended, Values waits) {

  long n() {
    return ended.n() + waits.n();
  }

  double at(long rank) {
    long n = ended.n();
    return rank < n ? ended.at(rank) : Math.max(ended.at(n - 1), waits.at(rank - n));
  }

  /** Type 7, as of all other values. */
  double percentile(double percent) {
    double rank = rank(percent);
    long below = (long) Math.floor(rank);
    double low = at(below);
    return low + (rank - below) * (at((long) Math.ceil(rank)) - low);
  }

  /** Whether a percentile falls among the calls without a value, so that it is a lower bound. */
  boolean isOpen(double percent) {
    return (long) Math.ceil(rank(percent)) >= ended.n();
  }

  private double rank(double percent) {
    return (n() - 1) * (percent / 100);
  }
}
