package dev.gatlingllm.input;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The part of a trace that is wanted.
 *
 * @param from how long after the trace's first row it begins, 0 or more
 * @param length how long it lasts, more than 0; empty for the rest of the trace
 * @param maxRows most rows wanted, at least 1; empty for all
 */
public record TraceWindow(Duration from, Optional<Duration> length, OptionalInt maxRows) {

  /** The whole trace. */
  public static final TraceWindow ALL =
      new TraceWindow(Duration.ZERO, Optional.empty(), OptionalInt.empty());

  /** Rejects numbers out of their range. */
  public TraceWindow {
    if (from.isNegative()) {
      throw new InputException("from must be >= 0, was " + from);
    }
    if (length.isPresent() && (length.get().isZero() || length.get().isNegative())) {
      throw new InputException("length must be > 0, was " + length.get());
    }
    if (maxRows.isPresent() && maxRows.getAsInt() < 1) {
      throw new InputException("maxRows must be >= 1, was " + maxRows.getAsInt());
    }
  }

  /** Whether a row at this offset comes before the window. */
  boolean beginsAfter(Duration offset) {
    return offset.compareTo(from) < 0;
  }

  /** Whether a row at this offset comes after the window, as do all that follow it. */
  boolean endsBefore(Duration offset) {
    return length.isPresent() && offset.minus(from).compareTo(length.get()) >= 0;
  }

  /** Whether the window needs no row beyond this number. */
  boolean isFull(int rows) {
    return maxRows.isPresent() && rows >= maxRows.getAsInt();
  }
}
