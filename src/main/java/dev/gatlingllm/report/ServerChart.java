package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.report.server.ServerSeries;
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

/**
 * One metric of the service's own monitoring on the time axis of the run: the values whose periods
 * touch the run, each in the middle of its period. A period is the least time between two values.
 *
 * @param title the metric's name and what it is of
 * @param unit as the export has it, or a dash
 * @param source the file
 * @param seconds of each value, since the start of the run
 * @param values in the order of time
 */
record ServerChart(
    String title, String unit, String source, List<Double> seconds, List<Double> values) {

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
      double begin = Duration.between(start, point.begin()).toNanos() / 1e9;
      if (begin + period >= 0 && begin <= endSeconds) {
        seconds.add(begin + period / 2);
        values.add(point.value());
      }
    }
    return new ServerChart(title(series), unit(series), series.source(), seconds, values);
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
        Figures.count(values.size()),
        Figures.number(numbers().min()),
        Figures.number(numbers().average()),
        Figures.number(numbers().max()),
        source);
  }

  private DoubleStream numbers() {
    return values.stream().mapToDouble(Double::doubleValue);
  }

  /** What the chart is drawn from. */
  void write(ObjectNode node) {
    node.put("name", title).put("unit", unit);
    ArrayNode at = node.putArray("seconds");
    seconds.forEach(second -> at.add(Figures.rounded(second)));
    ArrayNode numbers = node.putArray("values");
    values.forEach(value -> numbers.add(Figures.rounded(value)));
  }
}
