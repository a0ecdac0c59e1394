package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.report.server.ServerLine;
import dev.gatlingllm.report.server.ServerSeries;
import dev.gatlingllm.report.server.ServerView;
import dev.gatlingllm.scrape.KnownMetric;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * One metric of the service's own monitoring on the time axis of the run: the values whose periods
 * touch the run, each in the middle of its period. A period is the least time between two values.
 *
 * @param title the metric's name and what it is of
 * @param unit as the export has it, or a dash
 * @param source the file
 * @param seconds of each value, since the start of the run
 * @param values in the order of time; not a number where there is none
 * @param mark since the start of the run, from when on calls waited; absent elsewhere
 */
record ServerChart(
    String title,
    String unit,
    String source,
    List<Double> seconds,
    List<Double> values,
    OptionalDouble mark) {

  /** More points than a page has room for are drawn by slices. */
  private static final int MOST_POINTS = 1_200;

  /**
   * The charts of what was read during a run; absent values are gaps. Of more than {@value
   * #MOST_POINTS} readings the greatest of each slice is drawn.
   *
   * @param start of the first run
   */
  static Stream<ServerChart> of(ServerView view, Instant start) {
    return view.lines().stream().map(line -> of(line, view, start));
  }

  private static ServerChart of(ServerLine line, ServerView view, Instant start) {
    int size = line.points().size();
    int slices = Math.min(size, MOST_POINTS);
    List<Double> seconds = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < slices; i++) {
      int from = (int) ((long) size * i / slices);
      int to = (int) ((long) size * (i + 1) / slices);
      List<ServerLine.Point> slice = line.points().subList(from, to);
      seconds.add(secondsFrom(start, slice.get(0).at()));
      values.add(
          slice.stream().flatMapToDouble(point -> point.value().stream()).max().orElse(Double.NaN));
    }
    boolean queue = line.name().equals(KnownMetric.WAITING.title());
    return new ServerChart(
        line.name() + (line.dimension().isEmpty() ? "" : " (" + line.dimension() + ")"),
        line.unit().isEmpty() ? Figures.DASH : line.unit(),
        RunFiles.SERVER_METRICS,
        seconds,
        values,
        queue
            ? view.queue().stream().mapToDouble(found -> secondsFrom(start, found.from())).findAny()
            : OptionalDouble.empty());
  }

  private static double secondsFrom(Instant start, Instant at) {
    return Duration.between(start, at).toNanos() / 1e9;
  }

  /**
   * The charts of a report; none of a metric that has no value in the time of the run.
   *
   * @param start of the first run
   * @param durationSeconds of the runs; absent if it is not known when they ended: then everything
   *     after the start counts
   */
  static List<ServerChart> of(
      List<ServerSeries> server, Instant start, OptionalDouble durationSeconds) {
    return server.stream()
        .map(series -> of(series, start, durationSeconds.orElse(Double.MAX_VALUE)))
        .filter(chart -> !chart.values.isEmpty())
        .toList();
  }

  private static ServerChart of(ServerSeries series, Instant start, double endSeconds) {
    double period = periodSeconds(series.points());
    List<Double> seconds = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (ServerSeries.Point point : series.points()) {
      double begin = secondsFrom(start, point.begin());
      if (begin + period >= 0 && begin <= endSeconds) {
        seconds.add(begin + period / 2);
        values.add(point.value());
      }
    }
    return new ServerChart(
        title(series), unit(series), series.source(), seconds, values, OptionalDouble.empty());
  }

  private static double periodSeconds(List<ServerSeries.Point> points) {
    double least = Double.MAX_VALUE;
    for (int i = 1; i < points.size(); i++) {
      Duration between = Duration.between(points.get(i - 1).begin(), points.get(i).begin());
      if (!between.isZero()) {
        least = Math.min(least, between.toNanos() / 1e9);
      }
    }
    return least == Double.MAX_VALUE ? 0 : least;
  }

  private static String title(ServerSeries series) {
    String name = series.name();
    String statistic = series.statistic().isEmpty() ? "" : ", " + series.statistic();
    return name + statistic + (series.dimension().isEmpty() ? "" : " (" + series.dimension() + ")");
  }

  private static String unit(ServerSeries series) {
    return series.unit().isEmpty() ? Figures.DASH : series.unit();
  }

  /** The charts in numbers; the mean is of the values, whatever each is a mean of. */
  static Table table(List<ServerChart> charts) {
    return Columns.of(Kind.NAME, "Metric")
        .and(Kind.TEXT, "Unit")
        .numbers("n", "min", "mean", "max")
        .and(Kind.TEXT, "Source")
        .with(charts.stream().map(ServerChart::row).toList());
  }

  private List<Cell> row() {
    return Cell.row(
        title,
        unit,
        Figures.count(numbers().count()),
        Figures.number(numbers().min()),
        Figures.number(numbers().average()),
        Figures.number(numbers().max()),
        source);
  }

  private DoubleStream numbers() {
    return values.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite);
  }

  /** What the chart is drawn from. */
  void write(ObjectNode node) {
    node.put("name", title).put("unit", unit);
    ArrayNode at = node.putArray("seconds");
    seconds.forEach(second -> at.add(Figures.rounded(second)));
    ArrayNode numbers = node.putArray("values");
    for (double value : values) {
      if (Double.isFinite(value)) {
        numbers.add(Figures.rounded(value));
      } else {
        numbers.addNull();
      }
    }
    mark.ifPresent(from -> node.put("mark", Figures.rounded(from)));
  }
}
