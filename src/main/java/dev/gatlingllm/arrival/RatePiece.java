package dev.gatlingllm.arrival;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A stretch of time with one formula for the rate. Integrals are whole numbers of {@link
 * #PER_ARRIVAL}, so that they add up without an error; rates are in billionths of an arrival per
 * minute. Immutable.
 */
sealed interface RatePiece permits LinearRate, SineRate {

  /**
   * One arrival: {@code 2 × 60e9 ns × 1e9}, in which the integral of any straight line is whole.
   */
  BigInteger PER_ARRIVAL = BigInteger.valueOf(120).multiply(BigInteger.TEN.pow(18));

  /** How long it lasts, more than 0. */
  long nanos();

  /** Arrivals per minute at an instant of it. */
  double rpmAt(long nanos);

  /** The highest rate in it, in arrivals per minute. */
  double peak();

  /** The integral of the rate from its start, rounded up. */
  BigInteger upTo(long nanos);

  /** The last instant until which no more than {@code level} has been integrated. */
  long latestAt(BigInteger level);

  /**
   * Its next extreme after an instant of it, or its end: until then the rate only rises or falls.
   */
  long nextTurn(long nanos);

  /** A rate in billionths; what is finer than that is rounded. */
  static BigInteger billionths(double rpm) {
    return BigDecimal.valueOf(rpm).setScale(9, RoundingMode.HALF_EVEN).unscaledValue();
  }

  static double rpm(BigInteger billionths) {
    return new BigDecimal(billionths, 9).doubleValue();
  }
}
