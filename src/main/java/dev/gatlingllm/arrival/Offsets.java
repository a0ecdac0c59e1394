package dev.gatlingllm.arrival;

import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.function.LongUnaryOperator;

/** So many offsets, each made when it is asked for. */
final class Offsets implements PrimitiveIterator.OfLong {

  private final long count;
  private final LongUnaryOperator next;
  private long given;

  /** The offset of an arrival is made of its number, from 0; once each, in order. */
  Offsets(long count, LongUnaryOperator next) {
    this.count = count;
    this.next = next;
  }

  @Override
  public boolean hasNext() {
    return given < count;
  }

  @Override
  public long nextLong() {
    if (given == count) {
      throw new NoSuchElementException();
    }
    return next.applyAsLong(given++);
  }
}
