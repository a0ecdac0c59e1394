package dev.gatlingllm.arrival;

import java.math.BigInteger;

/** A rate that goes from one value to another in a straight line. All its arithmetic is exact. */
record LinearRate(BigInteger from, BigInteger to, long nanos) implements RatePiece {

  static LinearRate of(double fromRpm, double toRpm, long nanos) {
    return new LinearRate(RatePiece.billionths(fromRpm), RatePiece.billionths(toRpm), nanos);
  }

  @Override
  public double rpmAt(long at) {
    BigInteger length = BigInteger.valueOf(nanos);
    BigInteger risen = to.subtract(from).multiply(BigInteger.valueOf(at)).divide(length);
    return RatePiece.rpm(from.add(risen));
  }

  @Override
  public double peak() {
    return RatePiece.rpm(from.max(to));
  }

  /** {@code 2 a t + (b − a) t² / T} in units of an arrival. */
  @Override
  public BigInteger upTo(long at) {
    BigInteger t = BigInteger.valueOf(at);
    BigInteger whole = from.shiftLeft(1).multiply(t);
    BigInteger[] bent =
        to.subtract(from).multiply(t).multiply(t).divideAndRemainder(BigInteger.valueOf(nanos));
    return whole.add(bent[0]).add(bent[1].signum() > 0 ? BigInteger.ONE : BigInteger.ZERO);
  }

  /**
   * The greatest whole {@code n} with {@code d n² + 2 a T n ≤ level T}, {@code d = b − a}: that is
   * {@code (d n + a T)² ≤ (a T)² + d level T} on a rising line, and {@code ≥} on a falling one.
   */
  @Override
  public long latestAt(BigInteger level) {
    BigInteger length = BigInteger.valueOf(nanos);
    if (from.add(to).multiply(length).compareTo(level) <= 0) {
      return nanos;
    }
    BigInteger slope = to.subtract(from);
    if (slope.signum() == 0) {
      return level.divide(from.shiftLeft(1)).longValueExact();
    }
    BigInteger begin = from.multiply(length);
    BigInteger square = begin.multiply(begin).add(slope.multiply(level).multiply(length));
    BigInteger[] root = square.sqrtAndRemainder();
    if (slope.signum() > 0) {
      return root[0].subtract(begin).divide(slope).longValueExact();
    }
    BigInteger ceiling = root[1].signum() == 0 ? root[0] : root[0].add(BigInteger.ONE);
    return begin.subtract(ceiling).divide(slope.negate()).longValueExact();
  }

  @Override
  public long nextTurn(long at) {
    return nanos;
  }
}
