package dev.gatlingllm.arrival;

import java.math.BigInteger;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;

/** Arrivals one exact interval apart, the first at 0. */
record ConstantArrivals(ArrivalInterval interval, LoadLimit limit) implements ArrivalSchedule {

  @Override
  public PrimitiveIterator.OfLong offsets() {
    return new Steps(interval, arrivals());
  }

  @Override
  public OptionalLong count() {
    return OptionalLong.of(arrivals());
  }

  @Override
  public long durationNanos() {
    return limit.nanos();
  }

  @Override
  public OptionalLong countBy(long nanos) {
    return OptionalLong.of(
        nanos < 0 ? 0 : nanos >= limit.nanos() ? arrivals() : arrivalsBefore(nanos + 1));
  }

  private long arrivals() {
    return arrivalsBefore(limit.nanos());
  }

  private long arrivalsBefore(long nanos) {
    return Math.min(limit.maxArrivals(), interval.countBefore(nanos));
  }

  /**
   * Adds whole nanoseconds and carries the remainder in fractions of the denominator: exact like a
   * multiplication, at the price of two additions.
   */
  private static final class Steps implements PrimitiveIterator.OfLong {

    private final long wholeStep;
    private final long remainderStep;
    private final long denominator;
    private long left;
    private long whole;
    private long remainder;

    Steps(ArrivalInterval interval, long count) {
      BigInteger[] step = interval.numerator().divideAndRemainder(interval.denominator());
      // That of a very low rate does not fit, but then the load ends before a second arrival.
      this.wholeStep = step[0].longValue();
      this.remainderStep = step[1].longValueExact();
      this.denominator = interval.denominator().longValueExact();
      this.left = count;
    }

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public long nextLong() {
      if (left == 0) {
        throw new NoSuchElementException();
      }
      long offset = whole;
      left--;
      advance();
      return offset;
    }

    private void advance() {
      whole += wholeStep;
      remainder += remainderStep;
      if (remainder >= denominator) {
        remainder -= denominator;
        whole++;
      }
    }
  }
}
