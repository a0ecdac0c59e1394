package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.OptionalDouble;

/**
 * Lays calls over slices of time while they come. How long the run is, and so how wide the slices
 * of its {@link TimeSeries} are, is known at its end: until then they are laid over narrower cells,
 * which are put together as the run grows. Confined to one thread.
 */
final class TimeSlices {

  private static final int MOST_CELLS = 2 * TimeSeries.MOST_BUCKETS;

  // One more for what happens at the very end of the last.
  private SliceTally[] cells = new SliceTally[MOST_CELLS + 1];
  private int level;
  private double width = TimeSeries.cellWidth(0);
  private boolean condensed;

  /** Adds a call that was to start, whether it did or not. */
  void due(double arrivalSeconds) {
    widenFor(arrivalSeconds);
    cell(indexOf(arrivalSeconds)).due();
  }

  /** Adds a started call. */
  void add(CallRecord call, double startSeconds, double endSeconds) {
    widenFor(endSeconds);
    cell(indexOf(startSeconds)).start(call);
    cell(indexOf(endSeconds)).end(call);
    spread(startSeconds, endSeconds, (cell, share, seconds) -> cell.addBusySeconds(seconds));
    if (call.outcome() == Outcome.SUCCEEDED) {
      addTokens(call, startSeconds, endSeconds);
    }
  }

  private void addTokens(CallRecord call, double startSeconds, double endSeconds) {
    OptionalDouble tokens = Measure.OUTPUT_TOKENS.of(call);
    if (tokens.isPresent()) {
      double count = tokens.getAsDouble();
      spread(
          after(
              startSeconds,
              CallArithmetic.sinceStart(call, call.times().firstOutput()),
              endSeconds),
          after(
              startSeconds, CallArithmetic.sinceStart(call, call.times().lastOutput()), endSeconds),
          (cell, share, seconds) -> cell.addOutputTokens(count * share));
    }
  }

  private static double after(double startSeconds, OptionalDouble millis, double otherwise) {
    return millis.isPresent() ? startSeconds + millis.getAsDouble() / 1e3 : otherwise;
  }

  private void spread(double from, double to, Portion portion) {
    int first = indexOf(from);
    int last = indexOf(to);
    if (first == last) {
      portion.give(cell(first), 1, to - from);
      return;
    }
    for (int i = first; i <= last; i++) {
      double seconds = Math.min(to, (i + 1) * width) - Math.max(from, i * width);
      portion.give(cell(i), seconds / (to - from), seconds);
    }
  }

  private int indexOf(double seconds) {
    return (int) Math.max(0, Math.min(MOST_CELLS, Math.floor(seconds / width)));
  }

  private SliceTally cell(int index) {
    if (cells[index] == null) {
      cells[index] = new SliceTally();
      if (condensed) {
        cells[index].condense();
      }
    }
    return cells[index];
  }

  private void widenFor(double seconds) {
    while (seconds > width * MOST_CELLS) {
      double narrow = width;
      SliceTally[] old = cells;
      level++;
      width = TimeSeries.cellWidth(level);
      cells = new SliceTally[MOST_CELLS + 1];
      for (int i = 0; i < old.length; i++) {
        if (old[i] != null) {
          cell((int) (i * narrow / width)).addAll(old[i]);
        }
      }
    }
  }

  void condense() {
    condensed = true;
    for (SliceTally cell : cells) {
      if (cell != null) {
        cell.condense();
      }
    }
  }

  /**
   * Puts what happened in a part of the run into a slice.
   *
   * @param fromSeconds a boundary of cells
   * @param endSeconds the end of the last call of the run
   */
  void copyTo(SliceTally slice, double fromSeconds, double toSeconds, double endSeconds) {
    widenFor(endSeconds);
    for (int i = indexOf(fromSeconds); i < cells.length && i * width < toSeconds; i++) {
      if (cells[i] != null) {
        slice.addAll(cells[i]);
      }
    }
  }

  /** Gives a cell its share of a call that lasts over several. */
  @FunctionalInterface
  private interface Portion {
    void give(SliceTally cell, double share, double seconds);
  }
}
