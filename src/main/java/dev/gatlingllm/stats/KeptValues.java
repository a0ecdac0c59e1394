package dev.gatlingllm.stats;

import java.util.Arrays;

/**
 * A list of values, with the starts of their calls if it is ordered. It grows by blocks: a million
 * values take no more memory than they need, and none of it in arrays so long that the collector
 * treats them apart. Confined to one thread.
 */
final class KeptValues {

  private static final int BITS = 13;
  private static final int BLOCK = 1 << BITS;
  private static final int FIRST = 16;

  private final boolean ordered;
  private double[][] values = {};
  private int[][] starts = {};
  private int size;

  KeptValues(boolean ordered) {
    this.ordered = ordered;
  }

  int size() {
    return size;
  }

  boolean isOrdered() {
    return ordered;
  }

  /** Adds a value; the start counts if the list is ordered. */
  void add(double value, int start) {
    int block = size >> BITS;
    int place = size & (BLOCK - 1);
    if (block == values.length) {
      values = Arrays.copyOf(values, block + 1);
      values[block] = new double[block == 0 ? FIRST : BLOCK];
      if (ordered) {
        starts = Arrays.copyOf(starts, block + 1);
        starts[block] = new int[values[block].length];
      }
    } else if (place == values[block].length) {
      // Only the first block: most samples are small.
      int length = Math.min(BLOCK, 2 * place);
      values[block] = Arrays.copyOf(values[block], length);
      if (ordered) {
        starts[block] = Arrays.copyOf(starts[block], length);
      }
    }
    values[block][place] = value;
    if (ordered) {
      starts[block][place] = start;
    }
    size++;
  }

  double value(int i) {
    return values[i >> BITS][i & (BLOCK - 1)];
  }

  /** The start of the call of a value; 0 in a list without order. */
  int start(int i) {
    return ordered ? starts[i >> BITS][i & (BLOCK - 1)] : 0;
  }

  /** Copies the values, and the starts if the list is ordered, to a place in longer arrays. */
  void copyTo(double[] allValues, int[] allStarts, int from) {
    for (int i = 0; i < size; i += BLOCK) {
      int length = Math.min(BLOCK, size - i);
      System.arraycopy(values[i >> BITS], 0, allValues, from + i, length);
      if (ordered) {
        System.arraycopy(starts[i >> BITS], 0, allStarts, from + i, length);
      }
    }
  }

  void clear() {
    values = new double[0][];
    starts = new int[0][];
    size = 0;
  }
}
