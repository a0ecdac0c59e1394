package dev.gatlingllm.arrival;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * Uniform numbers from 0 to 1 in ascending order: given its count, where a Poisson process has its
 * arrivals.
 *
 * <p>They are made one at a time, in constant memory and without a first pass, by the method of J.
 * L. Bentley and J. B. Saxe, "Generating Sorted Lists of Random Numbers", ACM Transactions on
 * Mathematical Software 6(3), 1980: the lowest of the {@code m} numbers still to come cuts off a
 * share {@code 1 − V^(1/m)} of what is still left, {@code V} uniform. In logarithms that is a sum
 * of exponential spacings divided by how many are left (A. Rényi, "On the theory of order
 * statistics", 1953).
 */
final class UniformShares implements DoubleSupplier {

  private final SplittableRandom random;
  private long left;
  private double logLeft;

  UniformShares(long count, SplittableRandom random) {
    this.left = count;
    this.random = random;
  }

  @Override
  public double getAsDouble() {
    // StrictMath: the same seed gives the same nanosecond on every machine.
    logLeft += StrictMath.log(1 - random.nextDouble()) / left;
    left--;
    return -StrictMath.expm1(logLeft);
  }
}
