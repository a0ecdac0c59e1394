package dev.gatlingllm.report;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.stats.Bucket;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.ErrorCount;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the template of the page prints, all numbers already text.
 *
 * @param facts of the run, by name
 * @param details long lists of facts, by heading, folded
 * @param banners what must not be overlooked
 * @param compared whether there is more than one key to compare
 * @param levels whether there are levels to compare
 * @param facets the names of models, regions and profiles to compare
 * @param facetTable the same in numbers, and those that are too many to be drawn
 * @param heatMaps by tokens, and by model and region
 * @param oddballs calls that took longer than their tokens explain
 * @param quotas whether a response said what was left of a quota
 * @param utilization whether a response told the utilisation
 * @param explained what the columns of the statistics mean
 * @param cost what the run cost; absent without prices
 * @param cache use of the prompt cache; absent if no call says anything of one
 */
record PageView(
    String title,
    String description,
    Map<String, String> facts,
    Map<String, Map<String, String>> details,
    List<Banner> banners,
    VerdictView verdict,
    List<String> notes,
    List<Tile> tiles,
    boolean compared,
    boolean levels,
    List<String> facets,
    Table facetTable,
    List<HeatMap> heatMaps,
    Oddballs oddballs,
    boolean quotas,
    boolean utilization,
    List<Statistic> explained,
    Optional<CostView> cost,
    Optional<Table> cache,
    List<AssertionResult> assertions,
    Table errors,
    Table notable,
    List<StatisticsTable> statistics,
    List<ClientErrorTable> clientErrors,
    String clientErrorCaveat,
    List<Measure> measures,
    String percentiles,
    List<ServerChart> server,
    Table serverTable,
    boolean gatlingReport) {

  /** Something that must not be overlooked; the tone is {@code warning} or {@code failure}. */
  record Banner(String tone, String text) {}

  static PageView of(RunReport report) {
    return new PageView(
        report.title(),
        report.info().map(RunInfo::description).orElse(""),
        RunFacts.of(report),
        details(report),
        banners(report),
        VerdictView.of(report.client().verdict()),
        report.notes(),
        Tile.of(report),
        report.statistics().byKey().size() > 1,
        !report.statistics().views().levels().isEmpty(),
        facets(report),
        FacetTable.of(report.statistics().views().facets()),
        HeatMap.of(report.statistics().views()),
        Oddballs.of(report.statistics()),
        anyBucket(
            report, b -> b.remainingRequests().isPresent() || b.remainingTokens().isPresent()),
        anyBucket(report, b -> b.utilization().n() > 0),
        List.of(Statistic.values()),
        report.cost().map(cost -> CostView.of(cost, report)),
        CacheTable.of(report),
        report.assertions(),
        errors(report.statistics().overall().errors()),
        NotableTable.of(report.statistics().overall().notable()),
        StatisticsTable.of(report),
        ClientErrorTable.of(report),
        ClientErrorTable.CAVEAT,
        List.of(Measure.values()),
        Distribution.PERCENTILES,
        report.server(),
        ServerChart.table(report.server()),
        report.gatlingReport());
  }

  private static List<String> facets(RunReport report) {
    List<String> names = FacetNames.of(report.statistics().views().facets());
    return names.subList(0, Math.min(names.size(), FacetNames.MOST));
  }

  private static boolean anyBucket(RunReport report, Predicate<Bucket> holds) {
    return report.statistics().overall().series().buckets().stream().anyMatch(holds);
  }

  private static List<Banner> banners(RunReport report) {
    List<Banner> banners = new ArrayList<>();
    if (report.completeness() != Completeness.COMPLETE) {
      banners.add(new Banner("warning", capitalized(report.completeness().text()) + "."));
    }
    if (report.failedAssertions() > 0) {
      banners.add(
          new Banner(
              "failure",
              Figures.fill(
                  "%d of %d assertions did not hold.",
                  report.failedAssertions(), report.assertions().size())));
    }
    return banners;
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

  private static Table errors(List<ErrorCount> errors) {
    return Columns.of(Kind.NUMBER, "Calls")
        .and(Kind.TEXT, "Outcome", "Error")
        .and(Kind.IDS, "First request ids")
        .with(errors.stream().map(PageView::row).toList());
  }

  private static List<Cell> row(ErrorCount error) {
    return Cell.row(
        Figures.count(error.count()),
        error.outcome().code(),
        error.text(),
        String.join(", ", error.requestIds()));
  }

  private static String capitalized(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
