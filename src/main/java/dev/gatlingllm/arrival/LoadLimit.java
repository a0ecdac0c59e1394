package dev.gatlingllm.arrival;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a load ends.
 *
 * @param nanos its length: the duration, or the time that the wanted arrivals take if that is less
 * @param maxArrivals most arrivals wanted; {@code Long.MAX_VALUE} for any number
 */
record LoadLimit(long nanos, long maxArrivals) {

  static LoadLimit of(
      ArrivalInterval interval, Optional<Duration> duration, OptionalLong maxArrivals) {
    if (duration.isEmpty() && maxArrivals.isEmpty()) {
      throw new IllegalArgumentException("duration or maxArrivals must be given, both were absent");
    }
    long mostNanos = duration.map(LoadLimit::positiveNanos).orElse(Long.MAX_VALUE);
    if (maxArrivals.isEmpty()) {
      return new LoadLimit(mostNanos, Long.MAX_VALUE);
    }
    long most = positive(maxArrivals.getAsLong());
    BigInteger nanosOfAll = interval.nanosOf(most);
    if (duration.isEmpty() && nanosOfAll.bitLength() > 63) {
      throw new IllegalArgumentException(
          "maxArrivals must take at most 292 years at this rate, was " + most);
    }
    return new LoadLimit(nanosOfAll.min(BigInteger.valueOf(mostNanos)).longValueExact(), most);
  }

  private static long positiveNanos(Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException("duration must be > 0, was " + duration);
    }
    if (duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException("duration must be at most 292 years, was " + duration);
    }
    return duration.toNanos();
  }

  private static long positive(long maxArrivals) {
    if (maxArrivals < 1) {
      throw new IllegalArgumentException("maxArrivals must be >= 1, was " + maxArrivals);
    }
    return maxArrivals;
  }
}
