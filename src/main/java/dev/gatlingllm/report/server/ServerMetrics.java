package dev.gatlingllm.report.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.table.JsonSequence;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.text.TextFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads exports of the service's own monitoring, text in UTF-8 or UTF-16, also in gzip. The format
 * is recognised by the content:
 *
 * <ul>
 *   <li>JSON of Azure Monitor ({@code az monitor metrics list}, or its REST interface),
 *   <li>JSON of Amazon CloudWatch ({@code aws cloudwatch get-metric-data} or {@code
 *       get-metric-statistics}, percentiles among them),
 *   <li>JSON of Azure Log Analytics ({@code az monitor log-analytics query}, or its REST interface)
 *       of the table {@code AzureMetrics},
 *   <li>CSV, as {@link MetricsCsv} describes it.
 * </ul>
 *
 * <p>Several JSON values in one file are all read.
 */
public final class ServerMetrics {

  private static final String ACCEPTED =
      "\"value\" (Azure Monitor), \"tables\" (Log Analytics), \"MetricDataResults\" or"
          + " \"Datapoints\" (CloudWatch)";

  private static final MetricNumber JSON_NUMBERS = new MetricNumber(MetricNumber.Commas.THOUSANDS);

  private ServerMetrics() {}

  /**
   * Reads a file.
   *
   * @param zone of times that do not say theirs
   * @return at least one series
   * @throws MetricsFileException naming the place and the value that is wrong
   */
  public static List<ServerSeries> read(Path file, ZoneId zone) throws IOException {
    String name = file.getFileName().toString();
    String text = text(file);
    MetricTime time = new MetricTime(zone);
    boolean json = text.stripLeading().matches("(?s)[{\\[].*");
    List<ServerSeries> series =
        json ? ofJson(name, parsed(name, text), time) : new MetricsCsv(name, time).read(text);
    List<ServerSeries> measured = series.stream().filter(one -> !one.points().isEmpty()).toList();
    if (measured.isEmpty()) {
      throw new MetricsFileException(name + ": must hold at least one value, holds none");
    }
    return measured;
  }

  /** An object or array is shown where it is refused. */
  private static String text(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  private static String text(Path file) throws IOException {
    try {
      return TextFile.read(file).replaceFirst("^\uFEFF", "");
    } catch (NoSuchFileException e) {
      throw new MetricsFileException(file + ": no such file");
    } catch (IOException e) {
      String why = TextFile.complaint(e).orElseThrow(() -> e);
      throw new MetricsFileException(file + ": " + why);
    }
  }

  private static List<JsonSequence.Value> parsed(String name, String text) throws IOException {
    try {
      return JsonSequence.all(text);
    } catch (JsonSequence.MalformedJsonException e) {
      throw new MetricsFileException(
          Figures.fill(
              "%s line %d: text must be JSON with each field once, was %s",
              name, e.line(), e.getMessage()));
    }
  }

  private static List<ServerSeries> ofJson(
      String name, List<JsonSequence.Value> values, MetricTime time) {
    List<ServerSeries> series = new ArrayList<>();
    for (JsonSequence.Value value : values) {
      String place = values.size() == 1 ? name : name + " line " + value.line();
      series.addAll(ofJson(name, place, value.node(), time));
    }
    return series;
  }

  private static List<ServerSeries> ofJson(
      String name, String place, JsonNode root, MetricTime time) {
    if (root.has("MetricDataResults") || root.has("Datapoints")) {
      return new CloudWatchJson(new JsonValues(name, time)).read(root);
    }
    if (root.path("value").isArray()) {
      return new AzureMonitorJson(new JsonValues(name, time)).read(root);
    }
    if (root.has("tables")) {
      return tables(name, place, root.path("tables"), time);
    }
    if (root.isArray() && !root.isEmpty()) {
      return elements(name, place, root, time);
    }
    List<String> fields = new ArrayList<>();
    root.fieldNames().forEachRemaining(fields::add);
    throw new MetricsFileException(
        Figures.fill(
            "%s: must hold %s, holds none of them%s",
            place,
            ACCEPTED,
            fields.isEmpty() ? "" : " but the fields " + String.join(", ", fields)));
  }

  private static List<ServerSeries> elements(
      String name, String place, JsonNode array, MetricTime time) {
    List<ServerSeries> series = new ArrayList<>();
    MetricRows rows = new MetricRows(name, time, JSON_NUMBERS);
    for (int i = 0; i < array.size(); i++) {
      Map<String, String> cells = new LinkedHashMap<>();
      array.get(i).properties().forEach(f -> cells.put(f.getKey(), text(f.getValue())));
      String at = place + " [" + i + "]";
      if (MetricRows.haveNames(List.copyOf(cells.keySet()))) {
        rows.add(at, cells);
      } else {
        series.addAll(ofJson(name, at, array.get(i), time));
      }
    }
    series.addAll(rows.series());
    return series;
  }

  private static List<ServerSeries> tables(
      String name, String place, JsonNode tables, MetricTime time) {
    MetricRows rows = new MetricRows(name, time, JSON_NUMBERS);
    for (JsonNode table : tables) {
      List<String> columns = new ArrayList<>();
      table.path("columns").forEach(column -> columns.add(column.path("name").asText()));
      if (!MetricRows.haveNames(columns)) {
        throw MetricsFileException.of(
            place, "columns", "TimeGenerated, MetricName and more", String.join(", ", columns));
      }
      JsonNode lines = table.path("rows");
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).size() != columns.size()) {
          throw MetricsFileException.of(
              place, "rows[" + i + "]", columns.size() + " cells", lines.get(i).size() + " cells");
        }
        Map<String, String> cells = new LinkedHashMap<>();
        for (int column = 0; column < columns.size(); column++) {
          cells.put(columns.get(column), text(lines.get(i).path(column)));
        }
        rows.add(place + " rows[" + i + "]", cells);
      }
    }
    return rows.series();
  }
}
