package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.VisibleJson;
import dev.gatlingllm.stats.CallKey;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.RunStatistics;
import dev.gatlingllm.stats.TokenPoints;
import dev.gatlingllm.text.Figures;
import java.util.List;
import java.util.function.Function;

/** What the charts of the page are drawn from. */
final class PageData {

  private PageData() {}

  static ObjectNode tree(RunReport report) {
    RunStatistics statistics = report.statistics();
    ObjectNode root = VisibleJson.mapper().createObjectNode();
    ArrayNode keys = root.putArray("keys");
    List<CallStatistics> byKey = statistics.byKey();
    List<String> names = ShortNames.of(byKey.stream().map(CallStatistics::key).toList());
    ChartLimit.All limits = ChartLimit.All.of(report);
    CallStatistics overall = statistics.overall();
    key(overall, overall.key().name(), limits::ofAllCalls, keys.addObject());
    AskedLoad.write(report, (ObjectNode) keys.get(0).get("series"));
    for (int i = 0; i < byKey.size(); i++) {
      CallKey key = byKey.get(i).key();
      key(byKey.get(i), names.get(i), measure -> limits.of(key, measure), keys.addObject());
    }
    points(statistics.points(), byKey.size(), root);
    TimelineJson.write(statistics.timeline(), root.putObject("timeline"));
    failures(report, root);
    ViewsJson.write(statistics.views(), limits, root.putObject("views"));
    LoadCurveView.of(report).ifPresent(curve -> curve.write(root.putObject("curve")));
    List<ServerChart> charts = report.serverCharts();
    if (!charts.isEmpty()) {
      ArrayNode server = root.putArray("server");
      charts.forEach(chart -> chart.write(server.addObject()));
    }
    HealthJson.write(report.client().series(), root.putObject("health"));
    WindowJson.write(statistics, root.putObject("window"));
    return root;
  }

  private static void key(
      CallStatistics calls,
      String shortName,
      Function<Measure, List<ChartLimit>> limits,
      ObjectNode node) {
    node.put("name", calls.key().path());
    node.put("short", shortName);
    headline(calls, node.putObject("headline"));
    ObjectNode bins = node.putObject("bins");
    for (Measure measure :
        List.of(
            Measure.TTFT,
            Measure.E2E,
            Measure.TOKENS_PER_SECOND,
            Measure.INTER_CHUNK,
            Measure.OUTPUT_TOKENS)) {
      DistributionJson.write(
          measure,
          calls.binsOf(measure),
          calls.of(measure),
          limits.apply(measure),
          bins.putObject(measure.field()));
    }
    TailJson.write(calls, limits, node.putObject("tails"));
    SeriesJson.write(calls.series(), node.putObject("series"));
  }

  private static void headline(CallStatistics calls, ObjectNode node) {
    Distribution ttft = calls.of(Measure.TTFT);
    Distribution rate = calls.of(Measure.TOKENS_PER_SECOND);
    certainty("ttftP50", ttft, Quantile.P50, node);
    certainty("ttftP95", ttft, Quantile.P95, node);
    certainty("tokensPerSecondP50", rate, Quantile.P50, node);
    certainty("tokensPerSecondP10", rate, Quantile.P10, node);
    node.put("n", calls.counts().succeeded());
    JsonNumbers.put(node, "ttftP50", ttft.median());
    JsonNumbers.put(node, "ttftP95", ttft.at(Quantile.P95));
    JsonNumbers.put(node, "e2eP50", calls.of(Measure.E2E).median());
    JsonNumbers.put(node, "e2eP95", calls.of(Measure.E2E).at(Quantile.P95));
    JsonNumbers.put(node, "tokensPerSecondP50", rate.median());
    JsonNumbers.put(node, "tokensPerSecondP10", rate.at(Quantile.P10));
    JsonNumbers.put(node, "requestsPerMinute", calls.throughput().requestsPerMinute());
    JsonNumbers.put(node, "outputTokensPerMinute", calls.throughput().outputTokensPerMinute());
    JsonNumbers.put(node, "errorPercent", calls.counts().errorPercent());
  }

  /** Each kind of failure with what to do, the most frequent first. */
  private static void failures(RunReport report, ObjectNode root) {
    ArrayNode kinds = root.putArray("failures");
    for (FailureView failure : FailureView.of(report)) {
      ObjectNode kind = kinds.addObject();
      kind.put("kind", failure.error().outcome().code());
      kind.put("error", failure.error().text());
      kind.put("calls", failure.error().count());
      kind.put("advice", failure.advice());
    }
    root.put("startedCalls", report.statistics().overall().counts().started());
  }

  /** How many calls are behind a percentile, and its interval where the order is known. */
  private static void certainty(
      String field, Distribution values, Quantile quantile, ObjectNode node) {
    ObjectNode of = node.withObject("/of");
    ObjectNode told = of.putObject(field);
    told.put("n", values.n());
    values.intervalOf(quantile).ifPresent(ends -> told.put("interval", IntervalText.of(ends)));
  }

  private static void points(TokenPoints points, int keys, ObjectNode root) {
    ObjectNode node = root.putObject("points");
    node.put("total", points.total());
    ArrayNode ofKey = node.putArray("ofKey");
    for (int key = 0; key < keys; key++) {
      ofKey.add(points.calls().getOrDefault(key, 0L));
    }
    ArrayNode shown = node.putArray("shown");
    for (TokenPoints.Point point : points.points()) {
      ArrayNode call = shown.addArray();
      call.add(point.key()).add(Figures.rounded(point.inputTokens()));
      JsonNumbers.add(call, point.ttftMillis());
      JsonNumbers.add(call, point.outputTokens());
      JsonNumbers.add(call, point.e2eMillis());
      call.add(point.id());
    }
  }
}
