package dev.gatlingllm.report.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.text.Figures;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/**
 * Reads exports of the service's own monitoring. The format is told by the content:
 *
 * <ul>
 *   <li>JSON of Azure Monitor ({@code az monitor metrics list}, or its REST interface),
 *   <li>JSON of Amazon CloudWatch ({@code aws cloudwatch get-metric-data} or {@code
 *       get-metric-statistics}),
 *   <li>CSV: a header of a time column and the metrics' names, each with its unit in brackets; a
 *       cell may be empty.
 * </ul>
 */
public final class ServerMetrics {

  private static final ObjectMapper JSON = new ObjectMapper();

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
    String text = text(file).replaceFirst("^\uFEFF", "");
    MetricTime time = new MetricTime(zone);
    boolean json = text.stripLeading().startsWith("{");
    List<ServerSeries> series =
        json ? ofJson(name, parsed(name, text), time) : new MetricsCsv(name, time).read(text);
    List<ServerSeries> measured = series.stream().filter(one -> !one.points().isEmpty()).toList();
    if (measured.isEmpty()) {
      throw new MetricsFileException(name + ": must hold at least one value, holds none");
    }
    return measured;
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new MetricsFileException(file + ": no such file");
    } catch (MalformedInputException e) {
      throw new MetricsFileException(file + ": must be UTF-8 text");
    }
  }

  private static JsonNode parsed(String name, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new MetricsFileException(
          Figures.fill(
              "%s line %d, column %d: must be JSON, is not",
              name, e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
  }

  private static List<ServerSeries> ofJson(String name, JsonNode root, MetricTime time) {
    if (root.has("MetricDataResults") || root.has("Datapoints")) {
      return new CloudWatchJson(new JsonValues(name, time)).read(root);
    }
    if (root.has("value")) {
      return new AzureMonitorJson(new JsonValues(name, time)).read(root);
    }
    throw new MetricsFileException(
        name
            + ": must hold \"value\" (Azure Monitor), \"MetricDataResults\" or \"Datapoints\""
            + " (CloudWatch), holds none of them");
  }
}
