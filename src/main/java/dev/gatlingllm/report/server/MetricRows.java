package dev.gatlingllm.report.server;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Metrics of which each row names its metric, as the table {@code AzureMetrics} of Azure Log
 * Analytics has them: {@code TimeGenerated}, {@code MetricName} and some of {@code Total}, {@code
 * Average}, {@code Minimum}, {@code Maximum} and {@code Count}. Confined to one thread.
 */
final class MetricRows {

  private static final String TIME = "timegenerated";
  private static final String NAME = "metricname";
  private static final Set<String> STATISTICS =
      Set.of("total", "average", "minimum", "maximum", "count");

  private record Key(String name, String statistic, String unit, String resource) {}

  private final String file;
  private final MetricTime time;
  private final MetricNumber numbers;
  private final Map<Key, List<ServerSeries.Point>> points = new LinkedHashMap<>();

  MetricRows(String file, MetricTime time, MetricNumber numbers) {
    this.file = file;
    this.time = time;
    this.numbers = numbers;
  }

  /** Whether these columns say time and metric of each row. */
  static boolean haveNames(List<String> columns) {
    List<String> plain = columns.stream().map(MetricRows::plain).toList();
    return plain.contains(TIME) && plain.contains(NAME);
  }

  /**
   * Adds one row.
   *
   * @param place of the row, for messages
   * @param cells by column
   */
  void add(String place, Map<String, String> cells) {
    Map<String, String> plain = new LinkedHashMap<>();
    cells.forEach((column, cell) -> plain.put(plain(column), cell.strip()));
    String column =
        cells.keySet().stream().filter(name -> plain(name).equals(TIME)).findFirst().orElse(TIME);
    Instant begin = instant(place, column, plain.getOrDefault(TIME, ""));
    for (String statistic : STATISTICS.stream().sorted().toList()) {
      String value = plain.getOrDefault(statistic, "");
      if (!MetricNumber.isAbsent(value)) {
        Key key =
            new Key(
                plain.getOrDefault(NAME, ""),
                statistic,
                AzureMonitorJson.unit(plain.getOrDefault("unitname", "")),
                plain.getOrDefault("resource", ""));
        points
            .computeIfAbsent(key, any -> new ArrayList<>())
            .add(new ServerSeries.Point(begin, numbers.read(place, statistic, value)));
      }
    }
  }

  private Instant instant(String place, String column, String value) {
    MetricTime of = column.contains("[UTC]") ? new MetricTime(ZoneOffset.UTC) : time;
    Optional<Instant> read = of.read(value);
    return read.orElseThrow(
        () -> MetricsFileException.of(place, column, MetricTime.ACCEPTED, value));
  }

  /** The series, one for each metric, statistic and, if there are several, resource. */
  List<ServerSeries> series() {
    Set<String> resources = new LinkedHashSet<>();
    points.keySet().forEach(key -> resources.add(key.resource()));
    List<ServerSeries> series = new ArrayList<>();
    points.forEach(
        (key, of) ->
            series.add(
                new ServerSeries(
                    file,
                    key.name(),
                    key.statistic(),
                    key.unit(),
                    resources.size() > 1 ? "Resource=" + key.resource() : "",
                    of)));
    return series;
  }

  private static String plain(String column) {
    return column.replaceAll("\\s*\\[[^\\]]*]$", "").strip().toLowerCase(Locale.ROOT);
  }
}
