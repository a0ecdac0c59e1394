package dev.gatlingllm.arrival;

import java.util.OptionalLong;
import java.util.PrimitiveIterator;

/**
 * A first part, and then without end others of as many arrivals each.
 *
 * @param arrivals of every part
 * @param nanos that every part but the first lasts
 */
record RandomParts(
    ArrivalSchedule first, long arrivals, long nanos, ArrivalProcess process, long seed)
    implements ArrivalSchedule {

  @Override
  public PrimitiveIterator.OfLong offsets() {
    return new PrimitiveIterator.OfLong() {
      private PrimitiveIterator.OfLong part = first.offsets();
      private long begin;
      private long number;

      @Override
      public boolean hasNext() {
        return begin < Long.MAX_VALUE - nanos;
      }

      @Override
      public long nextLong() {
        if (!part.hasNext()) {
          begin += number == 0 ? first.durationNanos() : nanos;
          number++;
          part = new RandomArrivals(arrivals, nanos, process, seedOf(number)).offsets();
        }
        return begin + part.nextLong();
      }
    };
  }

  /** Far from the seeds that people choose one after another. */
  private long seedOf(long part) {
    return seed ^ Long.reverse(part);
  }

  @Override
  public OptionalLong count() {
    return OptionalLong.empty();
  }

  @Override
  public long durationNanos() {
    return Long.MAX_VALUE;
  }
}
