package dev.gatlingllm.live;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What a load is meant to come to. Safe for use by many threads. */
public interface LoadGoal {

  /**
   * How far the load has come.
   *
   * @param nanos the reading of the run's clock
   * @return empty before it has begun, and where nobody knows its end
   */
  Optional<Way> at(long nanos);

  /**
   * A load on its way.
   *
   * @param share of it that is over, from 0 to 1
   * @param leftNanos until it is over; absent where calls and not time end it
   * @param askedRpm arrivals per minute that are asked for now; absent for a closed load
   */
  record Way(double share, OptionalLong leftNanos, OptionalDouble askedRpm) {

    /** A load that time ends. */
    public static Way ofTime(long passedNanos, long nanos, OptionalDouble askedRpm) {
      long left = Math.max(0, nanos - passedNanos);
      return new Way(share(passedNanos, nanos), OptionalLong.of(left), askedRpm);
    }

    /** A load that a number of calls ends. */
    public static Way ofCalls(long made, long calls) {
      return new Way(share(made, calls), OptionalLong.empty(), OptionalDouble.empty());
    }

    private static double share(long done, long all) {
      return all <= 0 ? 1 : Math.max(0, Math.min(1, (double) done / all));
    }
  }
}
