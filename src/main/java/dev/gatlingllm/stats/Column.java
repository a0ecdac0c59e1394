package dev.gatlingllm.stats;

import java.util.Arrays;

/**
 * One number per row in a growing array of primitives. A row that was never set is absent; a column
 * that was never set takes no memory. Confined to one thread.
 */
final class Column {

  private static final double[] UNUSED = {};

  private double[] values = UNUSED;
  private int present;

  /** Sets the value of a row; rows are set in ascending order, each at most once. */
  void set(int row, double value) {
    if (row >= values.length) {
      int length = values.length;
      values = Arrays.copyOf(values, Math.max(64, row + (row >> 1) + 1));
      Arrays.fill(values, length, values.length, Double.NaN);
    }
    values[row] = value;
    present++;
  }

  /** How many rows have a value. */
  int present() {
    return present;
  }

  /** Whether the row has a value. */
  boolean has(int row) {
    return row < values.length && !Double.isNaN(values[row]);
  }

  /** The value of a row; NaN if it has none. */
  double get(int row) {
    return row < values.length ? values[row] : Double.NaN;
  }

  /** Copies the present values into an array from an index on, and returns the next index. */
  int copyTo(double[] target, int index) {
    int next = index;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        target[next++] = value;
      }
    }
    return next;
  }
}
