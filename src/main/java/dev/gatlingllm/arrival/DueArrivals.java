package dev.gatlingllm.arrival;

import java.util.PrimitiveIterator;

/**
 * Counts the arrivals of a schedule that are due. Where no formula tells, each offset is made once
 * as long as the instants that are asked for go up. Safe for use by many threads.
 */
public final class DueArrivals {

  private final ArrivalSchedule schedule;
  private PrimitiveIterator.OfLong offsets;
  private long asked;
  private long due;
  private long next;
  private boolean pending;

  /** Counts from the start of this schedule. */
  public DueArrivals(ArrivalSchedule schedule) {
    this.schedule = schedule;
    begin();
  }

  private void begin() {
    offsets = schedule.offsets();
    due = 0;
    pending = false;
  }

  /** How many offsets are at most {@code nanos}. */
  public synchronized long by(long nanos) {
    return schedule.countBy(nanos).orElseGet(() -> walkTo(nanos));
  }

  private long walkTo(long nanos) {
    if (nanos < asked) {
      begin();
    }
    asked = nanos;
    while (hasNext() && next <= nanos) {
      due++;
      pending = false;
    }
    return due;
  }

  private boolean hasNext() {
    if (!pending && offsets.hasNext()) {
      next = offsets.nextLong();
      pending = true;
    }
    return pending;
  }
}
