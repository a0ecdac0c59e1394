package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * Makes {@link CallWindows} while the calls come, in memory that has a bound: when there are more
 * calls than are kept, they are counted in slices of time; when there are more slices or buckets
 * than allowed, two slices become one. Confined to one thread.
 */
final class WindowTally {

  /** So many slices at most, and at least half as many of a run that has the time for them. */
  private static final int MOST_SLICES = 64;

  /** So many slices are too few to choose a window from. */
  private static final int FEWEST_SLICES = 4;

  /** So many buckets of all histograms, of which each takes two or three bytes of the page. */
  private static final int MOST_BUCKETS = 500_000;

  private final int mostCalls;
  private final int mostBuckets;
  private List<CallWindows.Call> calls = new ArrayList<>();
  private TreeMap<Integer, TreeMap<Integer, Cell>> cells = new TreeMap<>();
  private boolean sliced;
  private boolean withheld;
  private long sliceNanos = 1_000_000_000;
  private long lastNanos;
  private long buckets;

  /** The calls of one key in one slice. */
  private static final class Cell {
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Map<Outcome, Long> toCancel = new EnumMap<>(Outcome.class);
    private final LogHistogram[] columns = new LogHistogram[CallWindows.Call.COLUMNS];

    /** How many buckets more there are than before. */
    int add(CallWindows.Call call) {
      outcomes.merge(call.outcome(), 1L, Long::sum);
      if (call.toCancel()) {
        toCancel.merge(call.outcome(), 1L, Long::sum);
      }
      int more = 0;
      for (int i = 0; i < columns.length; i++) {
        double value = call.column(i);
        if (!Double.isNaN(value)) {
          LogHistogram histogram = column(i);
          int before = histogram.buckets();
          histogram.add(value);
          more += histogram.buckets() - before;
        }
      }
      return more;
    }

    private LogHistogram column(int i) {
      if (columns[i] == null) {
        columns[i] = new LogHistogram();
      }
      return columns[i];
    }

    void add(Cell other) {
      other.outcomes.forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
      other.toCancel.forEach((outcome, count) -> toCancel.merge(outcome, count, Long::sum));
      for (int i = 0; i < columns.length; i++) {
        if (other.columns[i] != null) {
          column(i).add(other.columns[i]);
        }
      }
    }

    long buckets() {
      return Arrays.stream(columns).filter(Objects::nonNull).mapToLong(LogHistogram::buckets).sum();
    }

    /** The columns from the first on that belong to these measures. */
    Map<Measure, LogHistogram> of(List<Measure> measures, int first) {
      Map<Measure, LogHistogram> histograms = new EnumMap<>(Measure.class);
      for (int i = 0; i < measures.size(); i++) {
        if (columns[first + i] != null) {
          histograms.put(measures.get(i), columns[first + i]);
        }
      }
      return histograms;
    }
  }

  WindowTally() {
    this(CallWindows.MOST_CALLS, MOST_BUCKETS);
  }

  WindowTally(int mostCalls, int mostBuckets) {
    this.mostCalls = mostCalls;
    this.mostBuckets = mostBuckets;
  }

  /** Adds a call of a key, started or not. */
  void add(CallRecord call, long shiftNanos, int key) {
    if (withheld) {
      return;
    }
    long start = Math.max(0, call.times().start().orElse(call.times().arrival()) + shiftNanos);
    CallWindows.Call one = CallWindows.Call.of(call, key, start);
    if (sliced) {
      count(one);
      return;
    }
    calls.add(one);
    if (calls.size() > mostCalls) {
      sliced = true;
      calls.forEach(this::count);
      calls = List.of();
    }
  }

  private void count(CallWindows.Call call) {
    lastNanos = Math.max(lastNanos, call.startNanos());
    while (lastNanos / sliceNanos >= MOST_SLICES) {
      widen();
    }
    buckets +=
        cells
            .computeIfAbsent(call.row(), any -> new TreeMap<>())
            .computeIfAbsent((int) (call.startNanos() / sliceNanos), any -> new Cell())
            .add(call);
    while (buckets > mostBuckets && !withheld) {
      if (lastNanos / sliceNanos < FEWEST_SLICES) {
        withheld = true;
        cells = new TreeMap<>();
      } else {
        widen();
      }
    }
  }

  private void widen() {
    sliceNanos *= 2;
    buckets = 0;
    for (Map.Entry<Integer, TreeMap<Integer, Cell>> key : cells.entrySet()) {
      TreeMap<Integer, Cell> wider = new TreeMap<>();
      key.getValue()
          .forEach((slice, cell) -> wider.computeIfAbsent(slice / 2, any -> new Cell()).add(cell));
      key.setValue(wider);
      buckets += wider.values().stream().mapToLong(Cell::buckets).sum();
    }
  }

  /**
   * All calls so far.
   *
   * @param row the index of the row that the calls of a key are in
   */
  CallWindows result(IntUnaryOperator row, PercentileRule rule) {
    return new CallWindows(
        rule,
        withheld
            ? List.of()
            : calls.stream()
                .map(call -> call.inRow(row.applyAsInt(call.row())))
                .sorted(Comparator.comparingLong(CallWindows.Call::startNanos))
                .toList(),
        sliced && !withheld ? sliceNanos / 1e9 : 0,
        slices(row),
        withheld);
  }

  private List<CallWindows.Slice> slices(IntUnaryOperator rowOfKey) {
    Map<Integer, TreeMap<Integer, Cell>> rows = new TreeMap<>();
    cells.forEach(
        (key, bySlice) -> {
          TreeMap<Integer, Cell> row =
              rows.computeIfAbsent(rowOfKey.applyAsInt(key), any -> new TreeMap<>());
          bySlice.forEach((slice, cell) -> row.computeIfAbsent(slice, any -> new Cell()).add(cell));
        });
    List<CallWindows.Slice> slices = new ArrayList<>();
    rows.forEach(
        (row, bySlice) ->
            bySlice.forEach(
                (number, cell) ->
                    slices.add(
                        new CallWindows.Slice(
                            row,
                            number,
                            new CallCounts(cell.outcomes, cell.toCancel),
                            cell.of(CallWindows.MEASURES, 0),
                            cell.of(CallWindows.OF_A_USER, CallWindows.MEASURES.size())))));
    return slices;
  }
}
