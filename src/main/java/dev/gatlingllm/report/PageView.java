package dev.gatlingllm.report;

import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.stats.Bucket;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Throughput;
import dev.gatlingllm.stats.Views;
import dev.gatlingllm.text.Figures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the template of the page prints, by the name that it has there, all numbers already text.
 */
final class PageView {

  private PageView() {}

  static Map<String, Object> of(RunReport report) {
    Views views = report.statistics().views();
    Map<String, Object> page = new HashMap<>();
    page.put("title", report.title());
    page.put("description", report.info().map(RunInfo::description).orElse(""));
    page.put("facts", RunHeader.of(report));
    page.put("start", report.info().map(info -> Figures.instant(info.start())).orElse(""));
    page.put("details", details(report));
    page.put("loadLine", LoadLine.of(report));
    page.put("limits", LimitsView.of(report));
    page.put("conclusion", report.conclusion());
    page.put("verdict", VerdictView.of(report.client().verdict()));
    page.put("notes", report.notes());
    page.put("tiles", Tile.of(report));
    page.put("capacity", report.capacity().map(CapacityText::probes));
    page.put("curve", LoadCurveView.of(report));
    page.put("compared", report.statistics().byKey().size() > 1);
    page.put("turns", turns(report));
    page.put("levels", !views.levels().isEmpty());
    page.put("groups", groups(report));
    page.put("groupTable", GroupTable.of(views.groups()));
    page.put("heatMaps", HeatMap.of(views));
    page.put("outliers", LatencyOutliers.of(report.statistics()));
    page.put(
        "quotas",
        anyBucket(
            report, b -> b.remainingRequests().isPresent() || b.remainingTokens().isPresent()));
    page.put("timeCharts", TimeChart.of(report.statistics().overall().series()));
    page.put("explained", List.of(Statistic.values()));
    page.put("cost", report.cost().map(cost -> CostView.of(cost, report)));
    page.put("cache", CacheTable.of(report));
    page.put("cancelled", CancelledTable.of(report));
    page.put("sizes", SizesTable.of(report));
    page.put("sessions", SessionTable.of(report));
    page.put("assertions", report.assertions());
    page.put("errors", FailureView.table(FailureView.of(report)));
    page.put("notable", NotableTable.of(report.statistics().overall().notable()));
    page.put("statistics", StatisticsTable.of(report));
    page.put("measurementErrors", MeasurementErrorTable.of(report));
    page.put("measurementErrorCaveat", MeasurementErrorTable.CAVEAT);
    page.put("measures", List.of(Measure.values()));
    page.put("percentiles", Distribution.PERCENTILES);
    page.put("loadTime", Throughput.LOAD_TIME);
    page.put("server", report.serverCharts());
    page.put("serverTable", ServerChart.table(report.serverCharts()));
    page.put("serverSays", ServerSentence.of(report));
    page.put("beside", report.beside());
    return page;
  }

  /** Why rows have no rates; empty if they do. */
  private static String turns(RunReport report) {
    boolean without =
        report.statistics().byKey().stream()
            .map(CallStatistics::throughput)
            .allMatch(row -> row.loadSeconds().isPresent() && row.startedPerMinute().isEmpty());
    return without ? Throughput.TURNS : "";
  }

  private static List<String> groups(RunReport report) {
    List<String> names = GroupingNames.of(report.statistics().views().groups());
    return names.subList(0, Math.min(names.size(), GroupingNames.MOST));
  }

  private static boolean anyBucket(RunReport report, Predicate<Bucket> holds) {
    return report.statistics().overall().series().buckets().stream().anyMatch(holds);
  }

  private static Map<String, Map<String, String>> details(RunReport report) {
    Map<String, Map<String, String>> details = new TreeMap<>();
    report
        .info()
        .ifPresent(
            info -> {
              details.put("Configuration", new TreeMap<>(info.configuration()));
              details.put("Host", new TreeMap<>(info.setup().host()));
              details.put("Versions", new TreeMap<>(info.setup().versions()));
            });
    details.values().removeIf(Map::isEmpty);
    return details;
  }
}
