package dev.gatlingllm.arrival;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;

/** Recorded instants, already brought to the speed of the replay. */
final class TraceArrivals implements ArrivalSchedule {

  private final long[] offsetsNanos;

  private TraceArrivals(long[] offsetsNanos) {
    this.offsetsNanos = offsetsNanos;
  }

  static TraceArrivals of(long[] recordedNanos, double speed) {
    if (!(speed > 0 && speed < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("speed must be > 0 and finite, was " + speed);
    }
    if (recordedNanos.length == 0) {
      throw new IllegalArgumentException("offsetsNanos must hold at least one offset, was empty");
    }
    long[] offsetsNanos = new long[recordedNanos.length];
    long previousNanos = 0;
    for (int i = 0; i < recordedNanos.length; i++) {
      if (recordedNanos[i] < previousNanos) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "offsetsNanos[%d] must be >= %d, was %d",
                i,
                previousNanos,
                recordedNanos[i]));
      }
      previousNanos = recordedNanos[i];
      offsetsNanos[i] = scaled(previousNanos, speed);
    }
    return new TraceArrivals(offsetsNanos);
  }

  private static long scaled(long nanos, double speed) {
    if (speed == 1) {
      return nanos; // a double holds whole nanoseconds only up to 104 days
    }
    double scaledNanos = nanos / speed;
    if (scaledNanos >= Long.MAX_VALUE) {
      throw new IllegalArgumentException(
          "speed must keep the trace shorter than 292 years, was " + speed);
    }
    return (long) scaledNanos;
  }

  @Override
  public PrimitiveIterator.OfLong offsets() {
    return Arrays.stream(offsetsNanos).iterator();
  }

  @Override
  public OptionalLong count() {
    return OptionalLong.of(offsetsNanos.length);
  }

  @Override
  public OptionalLong countBy(long nanos) {
    int low = 0;
    for (int high = offsetsNanos.length; low < high; ) {
      int middle = (low + high) >>> 1;
      if (offsetsNanos[middle] <= nanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return OptionalLong.of(low);
  }

  @Override
  public long durationNanos() {
    return offsetsNanos[offsetsNanos.length - 1];
  }
}
