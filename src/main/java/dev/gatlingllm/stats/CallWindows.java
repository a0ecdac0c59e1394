package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What it takes to make the statistics of the calls that started in any window of time: every call
 * as long as they are few; else histograms of slices of time, whose percentiles are accurate to 1 %
 * and whose other numbers are exact. A call that was never started counts where it was to start.
 *
 * @param rule for percentiles of few values
 * @param calls by their start; empty if there are too many
 * @param sliceSeconds how long a slice is; 0 if there is none
 * @param slices row by row, and by their start
 * @param withheld whether there is neither, because too many names were called
 */
public record CallWindows(
    PercentileRule rule,
    List<Call> calls,
    double sliceSeconds,
    List<Slice> slices,
    boolean withheld) {

  /** Up to so many calls there is each of them. */
  public static final int MOST_CALLS = 5000;

  /** What each call has one value of. */
  public static final List<Measure> MEASURES =
      Arrays.stream(Measure.values()).filter(measure -> measure != Measure.INTER_CHUNK).toList();

  /** Measures of which a call that did not end is known to have a greater value. */
  public static final List<Measure> OF_A_USER = List.copyOf(UserWait.MEASURES);

  /** Copies the lists. */
  public CallWindows {
    calls = List.copyOf(calls);
    slices = List.copyOf(slices);
  }

  /** One call. */
  public static final class Call {

    /** The {@link #MEASURES}, and what those {@link #OF_A_USER} exceed. */
    static final int COLUMNS = MEASURES.size() + OF_A_USER.size();

    private final int row;
    private final long startNanos;
    private final Outcome outcome;
    private final boolean toCancel;
    private final double[] values;

    private Call(int row, long startNanos, Outcome outcome, boolean toCancel, double[] values) {
      this.row = row;
      this.startNanos = startNanos;
      this.outcome = outcome;
      this.toCancel = toCancel;
      this.values = values;
    }

    static Call of(CallRecord call, int row, long startNanos) {
      double[] values = new double[COLUMNS];
      for (int i = 0; i < MEASURES.size(); i++) {
        Measure measure = MEASURES.get(i);
        OptionalDouble value = call.outcome().started() ? measure.of(call) : OptionalDouble.empty();
        values[i] = value.orElse(Double.NaN);
      }
      for (int i = 0; i < OF_A_USER.size(); i++) {
        Measure measure = OF_A_USER.get(i);
        values[MEASURES.size() + i] =
            UserWait.isOpen(call, measure) ? UserWait.millis(call, measure) : Double.NaN;
      }
      return new Call(row, startNanos, call.outcome(), call.cancel().cancels(), values);
    }

    Call inRow(int other) {
      return new Call(other, startNanos, outcome, toCancel, values);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Call call
          && row == call.row
          && startNanos == call.startNanos
          && outcome == call.outcome
          && toCancel == call.toCancel
          && Arrays.equals(values, call.values);
    }

    @Override
    public int hashCode() {
      return Objects.hash(row, startNanos, outcome, toCancel, Arrays.hashCode(values));
    }

    /** The index of its row among those of the run. */
    public int row() {
      return row;
    }

    /** When it started, or was to start, since the start of the (first) run. */
    public long startNanos() {
      return startNanos;
    }

    /** How it ended. */
    public Outcome outcome() {
      return outcome;
    }

    /** Whether the client was to cancel it. */
    public boolean toCancel() {
      return toCancel;
    }

    /** The value of one of the {@link #MEASURES}; absent if it was not measured. */
    public OptionalDouble of(Measure measure) {
      return told(column(MEASURES.indexOf(measure)));
    }

    /** The value that one of the {@link #OF_A_USER} exceeds; absent if its value is known. */
    public OptionalDouble exceeded(Measure measure) {
      return told(column(MEASURES.size() + OF_A_USER.indexOf(measure)));
    }

    /** Not a number if there is none. */
    double column(int column) {
      return values[column];
    }

    private static OptionalDouble told(double value) {
      return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
  }

  /**
   * The calls of one row that started in one slice of time.
   *
   * @param row the index of the row among those of the run
   * @param number of the slice, from 0
   * @param counts how they ended
   * @param values of the measures that have any
   * @param exceeded what the values of calls exceed that are not known
   */
  public record Slice(
      int row,
      int number,
      CallCounts counts,
      Map<Measure, LogHistogram> values,
      Map<Measure, LogHistogram> exceeded) {

    /** Copies the maps. */
    public Slice {
      values = copy(values);
      exceeded = copy(exceeded);
    }

    private static Map<Measure, LogHistogram> copy(Map<Measure, LogHistogram> histograms) {
      EnumMap<Measure, LogHistogram> copy = new EnumMap<>(Measure.class);
      copy.putAll(histograms);
      return Collections.unmodifiableMap(copy);
    }
  }
}
