package dev.gatlingllm.arrival;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;
import java.util.function.DoubleSupplier;

/**
 * Arrivals of a profile. Those of a random process lie in integrated rate as they would in the time
 * of a constant rate, and each is brought back into time.
 *
 * @param rates the rate over time
 * @param process how arrivals lie around it
 * @param seed of a random process
 * @param arrivals how many there are
 * @param level how much of the rate is integrated until the end, more than 0
 * @param durationNanos when that is reached
 */
public record ProfileArrivals(
    RateProfile rates,
    ArrivalProcess process,
    long seed,
    long arrivals,
    BigInteger level,
    long durationNanos)
    implements ArrivalSchedule {

  static ProfileArrivals of(
      RateProfile rates, ArrivalProcess process, OptionalLong maxArrivals, long seed) {
    BigInteger total = rates.total();
    if (maxArrivals.isPresent() && maxArrivals.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "maxArrivals must be >= 1, was " + maxArrivals.getAsLong());
    }
    BigInteger most = maxArrivals.isPresent() ? level(maxArrivals.getAsLong()) : total;
    BigInteger level = total.min(most);
    BigInteger count =
        process.isRandom()
            ? level
                .shiftLeft(1)
                .add(RatePiece.PER_ARRIVAL)
                .divide(RatePiece.PER_ARRIVAL.shiftLeft(1))
            : level
                .add(RatePiece.PER_ARRIVAL)
                .subtract(BigInteger.ONE)
                .divide(RatePiece.PER_ARRIVAL);
    if (count.signum() == 0) {
      throw new IllegalArgumentException(
          "profile must ask for at least half an arrival, asked for "
              + rates.arrivalsUpTo(rates.nanos()));
    }
    if (count.bitLength() > 63) {
      throw new IllegalArgumentException(
          "profile must ask for at most " + Long.MAX_VALUE + " arrivals, asked for " + count);
    }
    // A pause that follows the last arrival wanted is not waited for.
    long nanos =
        level.equals(total) ? rates.nanos() : rates.instantOf(level.subtract(BigInteger.ONE)) + 1;
    return new ProfileArrivals(rates, process, seed, count.longValueExact(), level, nanos);
  }

  private static BigInteger level(long arrivals) {
    return RatePiece.PER_ARRIVAL.multiply(BigInteger.valueOf(arrivals));
  }

  @Override
  public PrimitiveIterator.OfLong offsets() {
    if (!process.isRandom()) {
      return new Offsets(arrivals, k -> rates.instantOf(level(k)));
    }
    DoubleSupplier shares = process.shares(arrivals, seed);
    BigDecimal whole = new BigDecimal(level);
    return new Offsets(arrivals, any -> random(shares.getAsDouble(), whole));
  }

  private long random(double share, BigDecimal whole) {
    BigInteger reached = new BigDecimal(share).multiply(whole).toBigInteger();
    return rates.instantOf(reached.min(level.subtract(BigInteger.ONE)));
  }

  @Override
  public OptionalLong count() {
    return OptionalLong.of(arrivals);
  }

  @Override
  public OptionalLong countBy(long nanos) {
    if (process.isRandom()) {
      return OptionalLong.empty();
    }
    // Arrival k is the last instant with at most k integrated, so it is due by then if the next
    // instant has more.
    BigInteger after =
        nanos < 0 ? BigInteger.ZERO : rates.levelAt(Math.min(nanos, rates.nanos()) + 1);
    BigInteger begun =
        after.add(RatePiece.PER_ARRIVAL).subtract(BigInteger.ONE).divide(RatePiece.PER_ARRIVAL);
    return OptionalLong.of(begun.min(BigInteger.valueOf(arrivals)).longValueExact());
  }

  @Override
  public Optional<ProfileArrivals> profile() {
    return Optional.of(this);
  }
}
