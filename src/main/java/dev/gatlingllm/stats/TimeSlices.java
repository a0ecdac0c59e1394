package dev.gatlingllm.stats;

import dev.gatlingllm.record.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Lays calls over the slices of a {@link TimeSeries}. Used for one series, by one thread. */
final class TimeSlices {

  private final double width;
  private final double end;
  private final PercentileRule rule;
  private final int size;
  private final List<SliceTally> slices = new ArrayList<>();

  private TimeSlices(double endSeconds, PercentileRule rule) {
    this.end = endSeconds;
    this.rule = rule;
    this.width = TimeSeries.widthFor(endSeconds);
    this.size = (int) Math.max(1, Math.ceil(endSeconds / width));
    for (int i = 0; i < size; i++) {
      slices.add(new SliceTally());
    }
  }

  /** The end of the last call in seconds; 0 without calls. */
  static double endSeconds(List<CallTable> tables) {
    double last = 0;
    for (CallTable table : tables) {
      for (int row = 0; row < table.size(); row++) {
        last = Math.max(last, table.endNanos(row) / 1e9);
      }
    }
    return last;
  }

  static TimeSeries series(List<CallTable> tables, double endSeconds, PercentileRule rule) {
    if (endSeconds <= 0) {
      return new TimeSeries(TimeSeries.widthFor(0), List.of());
    }
    TimeSlices slices = new TimeSlices(endSeconds, rule);
    for (CallTable table : tables) {
      for (int row = 0; row < table.size(); row++) {
        slices.add(table, row);
      }
    }
    return slices.result();
  }

  private void add(CallTable table, int row) {
    double startSeconds = table.startNanos(row) / 1e9;
    double endSeconds = table.endNanos(row) / 1e9;
    Outcome outcome = table.outcome(row);
    SliceTally first = slices.get(indexOf(startSeconds));
    SliceTally last = slices.get(indexOf(endSeconds));
    first.started++;
    first.add(table, row);
    if (outcome == Outcome.SUCCEEDED) {
      last.succeeded++;
      addTokens(table, row, startSeconds, endSeconds);
    } else if (outcome.failed()) {
      last.failures.merge(outcome, 1L, Long::sum);
    }
    spread(startSeconds, endSeconds, (slice, share, seconds) -> slice.busySeconds += seconds);
  }

  private void addTokens(CallTable table, int row, double startSeconds, double endSeconds) {
    Column tokens = table.column(Measure.OUTPUT_TOKENS);
    if (!tokens.has(row)) {
      return;
    }
    Column ttft = table.column(Measure.TTFT);
    Column ttlt = table.column(Measure.TTLT);
    double from = ttft.has(row) ? startSeconds + ttft.get(row) / 1e3 : endSeconds;
    double to = ttlt.has(row) ? startSeconds + ttlt.get(row) / 1e3 : endSeconds;
    double count = tokens.get(row);
    spread(from, to, (slice, share, seconds) -> slice.outputTokens += count * share);
  }

  private void spread(double from, double to, Portion portion) {
    int first = indexOf(from);
    int last = indexOf(to);
    if (first == last) {
      portion.give(slices.get(first), 1, to - from);
      return;
    }
    for (int i = first; i <= last; i++) {
      double seconds = Math.min(to, (i + 1) * width) - Math.max(from, i * width);
      portion.give(slices.get(i), seconds / (to - from), seconds);
    }
  }

  private int indexOf(double seconds) {
    return (int) Math.max(0, Math.min(size - 1, Math.floor(seconds / width)));
  }

  private TimeSeries result() {
    List<Bucket> buckets = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      double start = i * width;
      buckets.add(slices.get(i).result(start, Math.min(width, end - start), width, rule));
    }
    return new TimeSeries(width, buckets);
  }

  /** Gives a slice its share of a call that lasts over several. */
  @FunctionalInterface
  private interface Portion {
    void give(SliceTally slice, double share, double seconds);
  }

  /** One slice while it fills. */
  private static final class SliceTally {
    private final Map<Outcome, Long> failures = new EnumMap<>(Outcome.class);
    private final Growing ttft = new Growing();
    private final Growing tokensPerSecond = new Growing();
    private final Growing lag = new Growing();
    private long started;
    private long succeeded;
    private double busySeconds;
    private double outputTokens;

    void add(CallTable table, int row) {
      ttft.add(table.column(Measure.TTFT), row);
      tokensPerSecond.add(table.column(Measure.TOKENS_PER_SECOND), row);
      lag.add(table.column(Measure.LAG), row);
    }

    Bucket result(double start, double seconds, double width, PercentileRule rule) {
      return new Bucket(
          start,
          seconds,
          started,
          succeeded,
          failures,
          busySeconds / seconds,
          seconds * 2 >= width ? OptionalDouble.of(outputTokens / seconds) : OptionalDouble.empty(),
          Distribution.of(Measure.TTFT.unit(), ttft.values(), rule),
          Distribution.of(Measure.TOKENS_PER_SECOND.unit(), tokensPerSecond.values(), rule),
          Distribution.of(Measure.LAG.unit(), lag.values(), rule));
    }
  }

  /** Values of a slice. */
  private static final class Growing {
    private double[] values = {};
    private int size;

    void add(Column column, int row) {
      if (!column.has(row)) {
        return;
      }
      if (size == values.length) {
        values = Arrays.copyOf(values, Math.max(16, size * 2));
      }
      values[size++] = column.get(row);
    }

    double[] values() {
      return Arrays.copyOf(values, size);
    }
  }
}
