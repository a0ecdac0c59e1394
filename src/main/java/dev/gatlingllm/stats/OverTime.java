package dev.gatlingllm.stats;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The measures that are followed over time, with what a chart of each shows. A further entry is
 * tallied, written into the page's data and drawn.
 */
public enum OverTime {
  TTFT(Place.FIRST, Measure.TTFT, "Time to first token", Line.P50, Line.P95, Line.MAX),
  RATE(Place.FIRST, Measure.TOKENS_PER_SECOND, "Decode rate of one call", Line.P50, Line.MIN),
  E2E(Place.CALLS, Measure.E2E, "End to end", Line.P50, Line.P95, Line.MAX),
  UTILIZATION(
      Place.SERVICE,
      Measure.UTILIZATION,
      "Utilisation of the deployment",
      Line.MEAN,
      Line.P95,
      Line.MAX),
  SCHEDULE_DELAY(
      Place.CLIENT, Measure.SCHEDULE_DELAY, "Schedule delay", Line.P50, Line.P99, Line.MAX);

  /** What a measure speaks of, and so where its chart stands. */
  public enum Place {
    /** Above the charts of counts. */
    FIRST,
    /** The calls, below the charts of counts. */
    CALLS,
    /** What this client added. */
    CLIENT,
    /** What a response says of the service; shown if one did. */
    SERVICE
  }

  /** One statistic of each slice. */
  public enum Line {
    MEAN("Mean", "mean", Distribution::mean),
    P50("P50", "p50", Distribution::median),
    P95(Quantile.P95, "P95"),
    P99(Quantile.P99, "P99"),
    MIN("Min", "min", Distribution::min),
    MAX("Max", "max", Distribution::max);

    private final String suffix;
    private final String label;
    private final int needed;

    // A function without state, though its type cannot say so.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<Distribution, OptionalDouble> value;

    Line(String suffix, String label, Function<Distribution, OptionalDouble> value) {
      this(suffix, label, 1, value);
    }

    Line(Quantile quantile, String suffix) {
      this(suffix, quantile.label(), quantile.needed(), values -> values.at(quantile));
    }

    Line(String suffix, String label, int needed, Function<Distribution, OptionalDouble> value) {
      this.suffix = suffix;
      this.label = label;
      this.needed = needed;
      this.value = value;
    }

    /** The name in print. */
    public String label() {
      return label;
    }

    /** The least number of values in a slice from which it is told. */
    public int needed() {
      return needed;
    }

    /** Of the values of a slice; absent if there are too few. */
    public OptionalDouble of(Distribution values) {
      return value.apply(values);
    }
  }

  private final Place place;
  private final Measure measure;
  private final String title;

  // Never changed: a list of constants.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Line> lines;

  OverTime(Place place, Measure measure, String title, Line... lines) {
    this.place = place;
    this.measure = measure;
    this.title = title;
    this.lines = List.of(lines);
  }

  /** Those of a place, in order. */
  public static List<OverTime> of(Place place) {
    return Stream.of(values()).filter(one -> one.place == place).toList();
  }

  public Measure measure() {
    return measure;
  }

  /** The title of the chart. */
  public String title() {
    return title;
  }

  /** What is drawn, the typical call first. */
  public List<Line> lines() {
    return lines;
  }

  /** The name of a line in the page's data: {@code ttftP50}. */
  public String field(Line line) {
    return measure.field().replaceFirst("(Millis|Percent)$", "") + line.suffix;
  }

  /** What responses say counts where they came; all else where the call started. */
  boolean countsAtEnd() {
    return place == Place.SERVICE;
  }
}
