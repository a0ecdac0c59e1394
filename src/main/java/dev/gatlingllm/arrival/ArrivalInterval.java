package dev.gatlingllm.arrival;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The time between two arrivals of a constant rate, exactly: {@code numerator / denominator}
 * nanoseconds. A rate such as 7 per minute has no interval of whole nanoseconds, and a rounded one
 * drifts over two weeks.
 */
record ArrivalInterval(BigInteger numerator, BigInteger denominator) {

  private static final double NANOS_PER_MINUTE = 60e9;

  /** The interval of a rate, taken as the decimal number that the double prints as. */
  static ArrivalInterval ofRate(double requestsPerMinute) {
    if (!(requestsPerMinute > 0 && requestsPerMinute <= NANOS_PER_MINUTE)) {
      throw new IllegalArgumentException(
          "requestsPerMinute must be > 0 and <= 60000000000, was " + requestsPerMinute);
    }
    BigDecimal rate = BigDecimal.valueOf(requestsPerMinute);
    BigDecimal scaled = BigDecimal.valueOf(60_000_000_000L);
    int scale = Math.max(0, rate.scale());
    return new ArrivalInterval(
        scaled.scaleByPowerOfTen(scale).toBigIntegerExact(),
        rate.scaleByPowerOfTen(scale).toBigIntegerExact());
  }

  /** Length of {@code count} intervals, rounded up. */
  BigInteger nanosOf(long count) {
    return ceiling(numerator.multiply(BigInteger.valueOf(count)), denominator);
  }

  /** How many arrivals, the first at 0, lie before {@code nanos}. */
  long countBefore(long nanos) {
    return ceiling(BigInteger.valueOf(nanos).multiply(denominator), numerator).longValueExact();
  }

  /** How many intervals {@code nanos} are long, rounded half up. */
  long roundedCount(long nanos) {
    BigInteger two = BigInteger.TWO;
    BigInteger doubled = BigInteger.valueOf(nanos).multiply(denominator).multiply(two);
    return doubled.add(numerator).divide(numerator.multiply(two)).longValueExact();
  }

  private static BigInteger ceiling(BigInteger dividend, BigInteger divisor) {
    return dividend.add(divisor).subtract(BigInteger.ONE).divide(divisor);
  }
}
