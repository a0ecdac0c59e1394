package dev.gatlingllm.arrival;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A rate that swings around a mean: {@code mean + amplitude × sin(2π t / period)}. Whole periods
 * are exact; what a part of one adds comes from {@link StrictMath}, the same on every machine, and
 * does not grow with the length.
 */
record SineRate(BigInteger mean, BigInteger amplitude, long period, long nanos)
    implements RatePiece {

  static SineRate of(double meanRpm, double amplitudeRpm, long period, long nanos) {
    return new SineRate(
        RatePiece.billionths(meanRpm), RatePiece.billionths(amplitudeRpm), period, nanos);
  }

  @Override
  public double rpmAt(long at) {
    double swing = StrictMath.sin(2 * StrictMath.PI * (at % period) / period);
    return Math.max(0, RatePiece.rpm(mean) + RatePiece.rpm(amplitude) * swing);
  }

  @Override
  public double peak() {
    return RatePiece.rpm(mean.add(amplitude));
  }

  /** {@code 2 mean t + 2 amplitude × period / π × sin²(π t / period)} in units of an arrival. */
  @Override
  public BigInteger upTo(long at) {
    double sine = StrictMath.sin(StrictMath.PI * (at % period) / period);
    double swing = 2 * amplitude.doubleValue() * period / StrictMath.PI * (sine * sine);
    return mean.shiftLeft(1)
        .multiply(BigInteger.valueOf(at))
        .add(new BigDecimal(swing).toBigInteger());
  }

  /** Bisects the period in which the level is reached; a whole one adds {@code 2 mean period}. */
  @Override
  public long latestAt(BigInteger level) {
    BigInteger each = mean.shiftLeft(1).multiply(BigInteger.valueOf(period));
    BigInteger periods = level.divide(each).min(BigInteger.valueOf(nanos / period));
    long low = periods.longValueExact() * period;
    long high = low >= nanos - period ? nanos : low + period;
    if (upTo(high).compareTo(level) <= 0) {
      return high;
    }
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (upTo(middle).compareTo(level) <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The highest and the lowest rate are a quarter and three quarters into a period. */
  @Override
  public long nextTurn(long at) {
    long begin = at - at % period;
    long quarter = period / 4;
    for (long turn : new long[] {begin + quarter, begin + period - quarter}) {
      if (turn > at) {
        return Math.min(nanos, turn);
      }
    }
    return nanos - begin - period < quarter ? nanos : begin + period + quarter;
  }
}
