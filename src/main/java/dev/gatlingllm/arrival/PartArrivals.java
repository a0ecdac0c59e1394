package dev.gatlingllm.arrival;

import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;

/**
 * Every {@code of}-th arrival of a schedule, from number {@code index} on, at its own instant.
 *
 * @param all the schedule
 * @param index of the first, from 0
 * @param of how many such parts are all of it
 */
record PartArrivals(ArrivalSchedule all, int index, int of) implements ArrivalSchedule {

  PartArrivals {
    if (index < 0 || index >= of) {
      throw new IllegalArgumentException("index must be from 0 to " + (of - 1) + ", was " + index);
    }
  }

  @Override
  public PrimitiveIterator.OfLong offsets() {
    PrimitiveIterator.OfLong offsets = all.offsets();
    return new PrimitiveIterator.OfLong() {
      private int before = index;

      @Override
      public boolean hasNext() {
        while (before > 0 && offsets.hasNext()) {
          offsets.nextLong();
          before--;
        }
        return offsets.hasNext();
      }

      @Override
      public long nextLong() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        before = of - 1;
        return offsets.nextLong();
      }
    };
  }

  @Override
  public OptionalLong count() {
    return part(all.count());
  }

  @Override
  public long durationNanos() {
    return all.durationNanos();
  }

  @Override
  public OptionalLong countBy(long nanos) {
    return part(all.countBy(nanos));
  }

  /** That of the whole schedule. */
  @Override
  public Optional<ProfileArrivals> profile() {
    return all.profile();
  }

  private OptionalLong part(OptionalLong count) {
    return count.isEmpty() ? count : OptionalLong.of((count.getAsLong() + of - 1 - index) / of);
  }
}
