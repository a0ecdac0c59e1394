package dev.gatlingllm.arrival;

import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;

/**
 * Uniform instants in ascending order.
 *
 * <p>They are made one at a time, in constant memory and without a first pass, by the method of J.
 * L. Bentley and J. B. Saxe, "Generating Sorted Lists of Random Numbers", ACM Transactions on
 * Mathematical Software 6(3), 1980: the lowest of the {@code m} instants still to come cuts off a
 * share {@code 1 − V^(1/m)} of the time still left, {@code V} uniform. In logarithms that is a sum
 * of exponential spacings divided by the number of instants left (A. Rényi, "On the theory of order
 * statistics", 1953).
 */
record PoissonArrivals(long arrivals, long durationNanos, long seed) implements ArrivalSchedule {

  @Override
  public PrimitiveIterator.OfLong offsets() {
    return new Offsets(arrivals, durationNanos, new SplittableRandom(seed));
  }

  @Override
  public OptionalLong count() {
    return OptionalLong.of(arrivals);
  }

  private static final class Offsets implements PrimitiveIterator.OfLong {

    private final long durationNanos;
    private final SplittableRandom random;
    private long left;
    private double logTimeLeft;

    Offsets(long count, long durationNanos, SplittableRandom random) {
      this.left = count;
      this.durationNanos = durationNanos;
      this.random = random;
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
      // StrictMath: the same seed gives the same nanosecond on every machine.
      logTimeLeft += StrictMath.log(1 - random.nextDouble()) / left;
      left--;
      double elapsed = -StrictMath.expm1(logTimeLeft);
      // The last instants of a large count can round up to the very end of the load.
      return Math.min((long) (elapsed * durationNanos), durationNanos - 1);
    }
  }
}
