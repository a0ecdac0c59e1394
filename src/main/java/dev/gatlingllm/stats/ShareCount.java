package dev.gatlingllm.stats;

/**
 * Calls of a kind among calls.
 *
 * @param count calls that are of the kind
 * @param of so many
 * @param worth how many independent calls those are worth; all of them if their order is not known
 */
public record ShareCount(long count, long of, double worth) {

  /** Nothing to count. */
  public static final ShareCount NONE = new ShareCount(0, 0, 0);

  /** Rejects more calls of the kind than calls. */
  public ShareCount {
    if (count < 0 || count > of) {
      throw new IllegalArgumentException("count must be from 0 to " + of + ", was " + count);
    }
  }

  /** Counts calls in the order in which they started. */
  public static ShareCount inOrder(boolean[] calls) {
    if (calls.length == 0) {
      return NONE;
    }
    double[] series = new double[calls.length];
    for (int i = 0; i < calls.length; i++) {
      series[i] = calls[i] ? 0 : 1;
    }
    return atMost(SortedValues.inOrder(series), 0);
  }

  /** Counts the values that are at most a limit. */
  public static ShareCount atMost(Values values, double limit) {
    return new ShareCount(values.atMost(limit), values.n(), values.worth(limit).orElse(values.n()));
  }

  /** Counts the values that are at least a limit. */
  public static ShareCount atLeast(Values values, double limit) {
    double below = Math.nextDown(limit);
    return new ShareCount(
        values.n() - values.atMost(below), values.n(), values.worth(below).orElse(values.n()));
  }

  static ShareCount of(SlotCounts counts, int kind, int of) {
    return new ShareCount(counts.total(kind), counts.total(of), counts.worth(kind, of));
  }

  /** From 0 to 1; NaN without calls. */
  public double share() {
    return (double) count / of;
  }
}
