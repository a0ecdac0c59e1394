package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.gatlingllm.record.VisibleJson;
import dev.gatlingllm.stats.OverTime;
import dev.gatlingllm.stats.TimeSeries;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A chart of a measure over time.
 *
 * @param id of its place on the page
 * @param title in print
 * @param unit in print
 * @param lines as JSON, each with its name, the field of the page's data, and how many values a
 *     slice needs for it
 */
record TimeChart(String id, String title, String unit, String lines) {

  /** By place, in small letters. What services say of themselves is there only if one did. */
  static Map<String, List<TimeChart>> of(TimeSeries series) {
    Map<String, List<TimeChart>> charts = new HashMap<>();
    for (OverTime.Place place : OverTime.Place.values()) {
      charts.put(
          place.name().toLowerCase(Locale.ROOT),
          OverTime.of(place).stream()
              .filter(one -> place != OverTime.Place.SERVICE || told(one, series))
              .map(TimeChart::of)
              .toList());
    }
    return charts;
  }

  private static boolean told(OverTime one, TimeSeries series) {
    return series.buckets().stream().anyMatch(bucket -> bucket.of(one.measure()).n() > 0);
  }

  private static TimeChart of(OverTime one) {
    ArrayNode lines = VisibleJson.mapper().createArrayNode();
    for (OverTime.Line line : one.lines()) {
      lines
          .addObject()
          .put("name", line.label())
          .put("field", one.field(line))
          .put("needed", line.needed());
    }
    String id = "time-" + one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new TimeChart(id, one.title(), one.measure().unit(), lines.toString());
  }
}
