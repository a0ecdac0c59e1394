package dev.gatlingllm.stats;

/**
 * Finds the ranks of many values in a long sorted array: where values with the same first bits
 * begin is known, so that a search looks at a few neighbours and not across the whole memory.
 * Immutable.
 */
final class RankIndex {

  private static final int MOST_BITS = 16;

  private final double[] sorted;
  private final int shift;
  private final int[] begins;

  /**
   * Looks at each value once.
   *
   * @param sorted ascending and at least one; kept as it is
   */
  RankIndex(double[] sorted) {
    this.sorted = sorted;
    int cells = Math.min(MOST_BITS, Integer.SIZE - 1 - Integer.numberOfLeadingZeros(sorted.length));
    long span = ordered(sorted[sorted.length - 1]) - ordered(sorted[0]);
    this.shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(span) - cells);
    this.begins = new int[(1 << cells) + 1];
    int cell = 0;
    for (int i = 0; i < sorted.length; i++) {
      for (int next = cell(sorted[i]); cell < next; ) {
        begins[++cell] = i;
      }
    }
    while (cell < begins.length - 1) {
      begins[++cell] = sorted.length;
    }
  }

  /** The mean rank, from 0, of all that equal a value, which must be one of the array. */
  double meanRank(double value) {
    int cell = cell(value);
    int begin = begins[cell];
    int end = begins[cell + 1];
    if (sorted[begin] == sorted[end - 1]) {
      return (begin + end - 1) / 2.0;
    }
    int below = SortedValues.below(sorted, begin, end, value);
    int after = below + 1;
    if (after < end && sorted[after] == value) {
      after = SortedValues.atMost(sorted, after, end, value);
    }
    return (below + after - 1) / 2.0;
  }

  private int cell(double value) {
    return (int) ((ordered(value) - ordered(sorted[0])) >>> shift);
  }

  /** Bits that have the order of the values: those of negative ones run the other way. */
  private static long ordered(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0);
    return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
  }
}
