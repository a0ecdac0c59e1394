package dev.gatlingllm.arrival;

import java.util.OptionalLong;
import java.util.PrimitiveIterator;
import java.util.function.DoubleSupplier;

/** Arrivals of a random process around a constant rate, made one at a time. */
record RandomArrivals(long arrivals, long durationNanos, ArrivalProcess process, long seed)
    implements ArrivalSchedule {

  @Override
  public PrimitiveIterator.OfLong offsets() {
    DoubleSupplier shares = process.shares(arrivals, seed);
    // The last instants of a large count can round up to the very end of the load.
    return new Offsets(
        arrivals,
        any -> Math.min((long) (shares.getAsDouble() * durationNanos), durationNanos - 1));
  }

  @Override
  public OptionalLong count() {
    return OptionalLong.of(arrivals);
  }
}
