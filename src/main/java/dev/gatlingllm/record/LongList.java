package dev.gatlingllm.record;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/** An unmodifiable list of numbers that keeps them as primitives. */
final class LongList extends AbstractList<Long> implements RandomAccess {

  private final long[] values;

  private LongList(long[] values) {
    this.values = values;
  }

  /** The first numbers of an array, which is copied. */
  static LongList of(long[] values, int size) {
    return new LongList(Arrays.copyOf(values, size));
  }

  /** The same numbers; a list of this kind is not copied. */
  static LongList copyOf(List<Long> values) {
    return values instanceof LongList already
        ? already
        : new LongList(values.stream().mapToLong(Long::longValue).toArray());
  }

  /** As {@link #get}, without an object. */
  long at(int index) {
    return values[index];
  }

  @Override
  public Long get(int index) {
    return values[index];
  }

  @Override
  public int size() {
    return values.length;
  }
}
