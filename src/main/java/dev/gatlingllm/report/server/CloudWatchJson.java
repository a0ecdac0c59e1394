package dev.gatlingllm.report.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Amazon CloudWatch's metrics. {@code get-metric-data} names no unit: that of the metrics of Amazon
 * Bedrock is known by their name, that of others is left open.
 */
record CloudWatchJson(JsonValues values) {

  private static final List<String> STATISTICS =
      List.of("Average", "Sum", "Maximum", "Minimum", "SampleCount");

  /** Holds the percentiles and trimmed means, such as p90 and tm99. */
  private static final String EXTENDED = "ExtendedStatistics";

  private static final String UNIT = "Unit";

  private static final Map<String, String> BEDROCK_UNITS =
      Map.ofEntries(
          Map.entry("InvocationLatency", "ms"),
          Map.entry("TimeToFirstToken", "ms"),
          Map.entry("Invocations", "count"),
          Map.entry("InvocationThrottles", "count"),
          Map.entry("InvocationClientErrors", "count"),
          Map.entry("InvocationServerErrors", "count"),
          Map.entry("InputTokenCount", "count"),
          Map.entry("OutputTokenCount", "count"));

  private static final Map<String, String> UNITS =
      Map.of(
          "Milliseconds",
          "ms",
          "Microseconds",
          "µs",
          "Seconds",
          "s",
          "Percent",
          "%",
          "Count",
          "count",
          "Count/Second",
          "1/s",
          "None",
          "");

  List<ServerSeries> read(JsonNode root) {
    return root.has("Datapoints") ? statistics(root) : data(root.path("MetricDataResults"));
  }

  private List<ServerSeries> data(JsonNode results) {
    List<ServerSeries> series = new ArrayList<>();
    if (!results.isArray()) {
      throw MetricsFileException.of(
          values.file(),
          "MetricDataResults",
          "an array",
          results.getNodeType().name().toLowerCase(Locale.ROOT));
    }
    for (int r = 0; r < results.size(); r++) {
      JsonNode result = results.get(r);
      String path = "MetricDataResults[" + r + "].";
      JsonNode times = result.path("Timestamps");
      JsonNode numbers = result.path("Values");
      if (times.size() != numbers.size()) {
        throw MetricsFileException.of(
            values.file(),
            path + "Values",
            "as many as there are Timestamps, " + times.size(),
            String.valueOf(numbers.size()));
      }
      List<ServerSeries.Point> points = new ArrayList<>();
      for (int i = 0; i < times.size(); i++) {
        points.add(
            new ServerSeries.Point(
                values.instant(path + "Timestamps[" + i + "]", times.get(i)),
                values.number(path + "Values[" + i + "]", numbers.get(i))));
      }
      series.add(named(result.path("Label").asText(result.path("Id").asText()), points));
    }
    return series;
  }

  /** A label is the metric's name, what it was split by in front of it if there are several. */
  private ServerSeries named(String label, List<ServerSeries.Point> points) {
    String name = label.substring(label.lastIndexOf(' ') + 1);
    boolean known = BEDROCK_UNITS.containsKey(name);
    return new ServerSeries(
        values.file(),
        known ? name : label,
        "",
        BEDROCK_UNITS.getOrDefault(name, ""),
        known ? label.substring(0, label.length() - name.length()).strip() : "",
        points);
  }

  private List<ServerSeries> statistics(JsonNode root) {
    List<ServerSeries> series = new ArrayList<>();
    Set<String> extended = new TreeSet<>();
    Set<String> units = new LinkedHashSet<>();
    for (JsonNode point : root.path("Datapoints")) {
      point.path(EXTENDED).fieldNames().forEachRemaining(extended::add);
      units.add(point.path(UNIT).asText(""));
    }
    for (String unit : units) {
      for (String statistic : STATISTICS) {
        series.addAll(series(root, "", statistic, unit));
      }
      for (String statistic : extended) {
        series.addAll(series(root, EXTENDED, statistic, unit));
      }
    }
    return series;
  }

  /** The series of a statistic in a unit; none if no point has it. */
  private List<ServerSeries> series(JsonNode root, String within, String statistic, String unit) {
    JsonNode data = root.path("Datapoints");
    List<ServerSeries.Point> points = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      JsonNode holder = within.isEmpty() ? data.get(i) : data.get(i).path(within);
      if (holder.has(statistic) && data.get(i).path(UNIT).asText("").equals(unit)) {
        String place = "Datapoints[" + i + "].";
        points.add(
            new ServerSeries.Point(
                values.instant(place + "Timestamp", data.get(i).path("Timestamp")),
                values.number(
                    place + (within.isEmpty() ? "" : within + ".") + statistic,
                    holder.path(statistic))));
      }
    }
    return points.isEmpty()
        ? List.of()
        : List.of(
            new ServerSeries(
                values.file(),
                root.path("Label").asText("unnamed"),
                within.isEmpty() ? statistic.toLowerCase(Locale.ROOT) : statistic,
                UNITS.getOrDefault(unit, unit),
                "",
                points));
  }
}
