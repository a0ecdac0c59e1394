package dev.gatlingllm.report.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Azure Monitor's metrics: a series for each metric, dimension and statistic. */
record AzureMonitorJson(JsonValues values) {

  private static final List<String> STATISTICS =
      List.of("average", "total", "maximum", "minimum", "count");

  /** Their words, as this project writes units. */
  private static final Map<String, String> UNITS =
      Map.of(
          "MilliSeconds", "ms",
          "Seconds", "s",
          "Percent", "%",
          "Count", "count",
          "CountPerSecond", "1/s",
          "Bytes", "bytes",
          "BytesPerSecond", "bytes/s",
          "Unspecified", "");

  /** Their word as this project writes it; itself if it is another. */
  static String unit(String word) {
    return UNITS.getOrDefault(word, word);
  }

  List<ServerSeries> read(JsonNode root) {
    List<ServerSeries> series = new ArrayList<>();
    JsonNode metrics = root.path("value");
    for (int m = 0; m < metrics.size(); m++) {
      JsonNode metric = metrics.get(m);
      JsonNode splits = metric.path("timeseries");
      for (int s = 0; s < splits.size(); s++) {
        String path = "value[" + m + "].timeseries[" + s + "].data";
        addTo(series, metric, splits.get(s), path);
      }
    }
    return series;
  }

  private void addTo(List<ServerSeries> series, JsonNode metric, JsonNode split, String path) {
    String unit = metric.path("unit").asText("");
    for (String statistic : STATISTICS) {
      List<ServerSeries.Point> points = points(split.path("data"), statistic, path);
      if (!points.isEmpty()) {
        series.add(
            new ServerSeries(
                values.file(),
                metric.path("name").path("value").asText("unnamed"),
                statistic,
                unit(unit),
                dimension(split),
                points));
      }
    }
  }

  private List<ServerSeries.Point> points(JsonNode data, String statistic, String path) {
    List<ServerSeries.Point> points = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      JsonNode value = data.get(i).path(statistic);
      if (!value.isMissingNode() && !value.isNull()) {
        String place = path + "[" + i + "].";
        points.add(
            new ServerSeries.Point(
                values.instant(place + "timeStamp", data.get(i).path("timeStamp")),
                values.number(place + statistic, value)));
      }
    }
    return points;
  }

  private static String dimension(JsonNode split) {
    StringJoiner text = new StringJoiner(", ");
    for (JsonNode pair : split.path("metadatavalues")) {
      text.add(pair.path("name").path("value").asText() + "=" + pair.path("value").asText());
    }
    return text.toString();
  }
}
