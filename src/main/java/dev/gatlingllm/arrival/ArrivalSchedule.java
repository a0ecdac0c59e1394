package dev.gatlingllm.arrival;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;

/**
 * When calls are meant to start: offsets in nanoseconds from the start of the load. Holds no clock
 * and waits for nothing; {@link ArrivalPolicy} says what to do with an arrival once there is a
 * clock.
 *
 * <p>The schedules made here are immutable and safe for use by many threads. Those of a rate need
 * constant memory, however long the load lasts.
 */
public interface ArrivalSchedule {

  /**
   * The offsets, ascending, none negative, made one at a time. Each call returns a fresh iterator,
   * to be used by one thread, and every iterator gives the same values.
   */
  PrimitiveIterator.OfLong offsets();

  /** How many offsets there are; empty if that is not known beforehand. */
  OptionalLong count();

  /** How long the load lasts. No arrival is later than this. */
  long durationNanos();

  /**
   * How many offsets are at most {@code nanos}, as far as a formula tells; empty if only going
   * through the offsets does.
   */
  default OptionalLong countBy(long nanos) {
    return OptionalLong.empty();
  }

  /** The rate over time that was asked for; empty for a constant rate and for recorded instants. */
  default Optional<ProfileArrivals> profile() {
    return Optional.empty();
  }

  /**
   * Every {@code of}-th arrival, from number {@code index} on, at its own instant: the parts with
   * all indexes together have every arrival once. The profile stays that of the whole schedule.
   *
   * @param index from 0
   * @param of at least 1 and more than {@code index}
   */
  default ArrivalSchedule part(int index, int of) {
    return of == 1 ? this : new PartArrivals(this, index, of);
  }

  /**
   * Arrivals at a constant rate for a time. See {@link #constant(double, Optional, OptionalLong)}.
   */
  static ArrivalSchedule constant(double requestsPerMinute, Duration duration) {
    return constant(requestsPerMinute, Optional.of(duration), OptionalLong.empty());
  }

  /**
   * Arrivals at a constant rate: arrival {@code k}, from 0, is at {@code k × 60e9 /
   * requestsPerMinute} nanoseconds, each rounded down by itself so that nothing adds up, as long as
   * that is before the end of the duration.
   *
   * @param requestsPerMinute the rate, fractions allowed; more than 0, at most 60e9
   * @param duration how long the load lasts, more than 0; may be empty if {@code maxArrivals} is
   *     given
   * @param maxArrivals most arrivals wanted, at least 1; ends the load early, one interval after
   *     the last arrival
   * @throws IllegalArgumentException if a value is out of its range, if both limits are empty, or
   *     if the load would last longer than 292 years
   */
  static ArrivalSchedule constant(
      double requestsPerMinute, Optional<Duration> duration, OptionalLong maxArrivals) {
    ArrivalInterval interval = ArrivalInterval.ofRate(requestsPerMinute);
    return new ConstantArrivals(interval, LoadLimit.of(interval, duration, maxArrivals));
  }

  /** Arrivals at random for a time. See {@link #poisson(double, Optional, OptionalLong, long)}. */
  static ArrivalSchedule poisson(double requestsPerMinute, Duration duration, long seed) {
    return poisson(requestsPerMinute, Optional.of(duration), OptionalLong.empty(), seed);
  }

  /**
   * A Poisson process conditioned on its count: exactly {@code n = round(requestsPerMinute ×
   * minutes)} arrivals, each anywhere in the load with equal chance. Given its count, a Poisson
   * process is just that, so the intervals are as irregular as those of independent users while the
   * rate is the one asked for. The same seed gives the same arrivals on every machine.
   *
   * @param requestsPerMinute the rate, fractions allowed; more than 0, at most 60e9
   * @param duration how long the load lasts, more than 0; may be empty if {@code maxArrivals} is
   *     given
   * @param maxArrivals most arrivals wanted, at least 1; shortens the load so that the rate holds
   * @param seed any number
   * @throws IllegalArgumentException as for a constant rate, and if no arrival would come out
   */
  static ArrivalSchedule poisson(
      double requestsPerMinute, Optional<Duration> duration, OptionalLong maxArrivals, long seed) {
    return of(requestsPerMinute, ArrivalProcess.POISSON, duration, maxArrivals, seed);
  }

  /**
   * Arrivals of any process around a constant rate; see {@link #constant(double, Optional,
   * OptionalLong)} and {@link #poisson(double, Optional, OptionalLong, long)}, as which a gamma
   * process is conditioned on its count.
   *
   * @param seed any number; without effect on a constant process
   */
  static ArrivalSchedule of(
      double requestsPerMinute,
      ArrivalProcess process,
      Optional<Duration> duration,
      OptionalLong maxArrivals,
      long seed) {
    if (!process.isRandom()) {
      return constant(requestsPerMinute, duration, maxArrivals);
    }
    ArrivalInterval interval = ArrivalInterval.ofRate(requestsPerMinute);
    LoadLimit limit = LoadLimit.of(interval, duration, maxArrivals);
    long count = Math.min(limit.maxArrivals(), interval.roundedCount(limit.nanos()));
    if (count == 0) {
      throw new IllegalArgumentException(
          "requestsPerMinute times duration must be at least half an arrival, was "
              + requestsPerMinute
              + " for "
              + Duration.ofNanos(limit.nanos()));
    }
    return new RandomArrivals(count, limit.nanos(), process, seed);
  }

  /** Arrivals where the integrated rate of a profile reaches a whole number. */
  static ArrivalSchedule of(RateProfile rates) {
    return of(rates, ArrivalProcess.CONSTANT, OptionalLong.empty(), 0);
  }

  /**
   * Arrivals of a profile. Constant: arrival {@code k}, from 0, is at the last nanosecond until
   * which no more than {@code k} has been integrated. Random: as many as the integral over the
   * whole profile, rounded, and as many in each part of it as the integral there lets expect.
   *
   * @param maxArrivals most arrivals wanted, at least 1; ends the load where the integral reaches
   *     it
   * @param seed any number; without effect on a constant process
   * @throws IllegalArgumentException if a value is out of its range, or no arrival would come out
   */
  static ArrivalSchedule of(
      RateProfile rates, ArrivalProcess process, OptionalLong maxArrivals, long seed) {
    return ProfileArrivals.of(rates, process, maxArrivals, seed);
  }

  /**
   * A random process conditioned on its count that goes on after its plan: in parts of as many
   * arrivals as the plan has, each such a process of its own that lasts as long as its arrivals
   * take at the rate. The planned arrivals are the same as without what follows; a plan of another
   * length has others, since its count is another condition.
   *
   * @param requestsPerMinute the rate of what follows; more than 0, at most 60e9
   * @param process a random one
   * @param planned the plan, made with {@code seed}; its count is known
   */
  static ArrivalSchedule goingOn(
      double requestsPerMinute, ArrivalProcess process, ArrivalSchedule planned, long seed) {
    long count = planned.count().orElseThrow();
    long nanos =
        LoadLimit.of(
                ArrivalInterval.ofRate(requestsPerMinute), Optional.empty(), OptionalLong.of(count))
            .nanos();
    return new RandomParts(planned, count, nanos, process, seed);
  }

  /**
   * Arrivals at recorded instants.
   *
   * @param offsetsNanos offsets from the start, ascending, none negative, at least one; copied
   * @param speed how many times faster than recorded: 10 makes an hour last six minutes; more than
   *     0 and finite
   * @throws IllegalArgumentException if a value is out of its range
   */
  static ArrivalSchedule trace(long[] offsetsNanos, double speed) {
    return TraceArrivals.of(offsetsNanos, speed);
  }
}
