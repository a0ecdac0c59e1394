package dev.gatlingllm.report;

import dev.gatlingllm.cost.CacheCost;
import dev.gatlingllm.cost.CallCost;
import dev.gatlingllm.cost.Cost;
import dev.gatlingllm.stats.AskedSizes;
import dev.gatlingllm.stats.CacheUse;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.SessionMeasure;
import dev.gatlingllm.stats.SessionStatistics;
import dev.gatlingllm.stats.Throughput;
import dev.gatlingllm.text.CsvLine;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code summary.csv}: one line per group and name, in order of first appearance, after a line for
 * all calls together, which alone has no name. RFC 4180 with a header line; what is absent is an
 * empty field. The field {@code cost} is that of the run, on the first line alone; {@code callCost}
 * is that of the line's calls, without what is charged by the hour. Fields {@code sessions.…} are
 * on the first line alone as well. The last field is the verdict on the run, the same on every
 * line.
 */
public final class SummaryCsv implements TextFormat<RunReport> {

  @Override
  public String fileName() {
    return "summary.csv";
  }

  @Override
  public void write(RunReport report, Writer out) throws IOException {
    CallStatistics overall = report.statistics().overall();
    Map<String, String> all = row("", "", overall, report);
    out.write(CsvLine.of(all.keySet()) + CsvLine.of(all.values()));
    for (CallStatistics statistics : report.statistics().byKey()) {
      String group = String.join(" / ", statistics.key().groups());
      out.write(CsvLine.of(row(group, statistics.key().name(), statistics, report).values()));
    }
  }

  /** The line for all calls together, by column. */
  public static Map<String, String> overall(RunReport report) {
    Map<String, String> row = row("", "", report.statistics().overall(), report);
    row.keySet().removeAll(Set.of("group", "name", "labels"));
    return row;
  }

  private static Map<String, String> row(
      String group, String name, CallStatistics statistics, RunReport report) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("group", group);
    row.put("name", name);
    row.put("labels", labels(statistics.key().labels()));
    counts(statistics, row);
    throughput(statistics.throughput(), row);
    for (Measure measure : Measure.values()) {
      distribution(measure.field(), statistics.of(measure), row);
    }
    cache(statistics.cache(), row);
    sizes(statistics.sizes(), row);
    callCost(report.callCosts().flatMap(costs -> costs.of(statistics.key())), row);
    sessions(name.isEmpty() ? report.statistics().sessions() : Optional.empty(), row);
    Optional<Cost> ofRun = name.isEmpty() ? report.cost() : Optional.empty();
    row.put("cost", text(ofRun.map(Cost::total)));
    row.put("cancelled", Long.toString(statistics.counts().cancelled()));
    row.put("verdict", report.client().verdict().level().code());
    return row;
  }

  private static String labels(Map<String, String> labels) {
    StringJoiner text = new StringJoiner("; ");
    labels.forEach((label, value) -> text.add(label + "=" + value));
    return text.toString();
  }

  private static void counts(CallStatistics statistics, Map<String, String> row) {
    row.put("started", Long.toString(statistics.counts().started()));
    row.put("succeeded", Long.toString(statistics.counts().succeeded()));
    row.put("failed", Long.toString(statistics.counts().failed()));
    row.put("throttled", Long.toString(statistics.counts().throttled()));
    row.put("timedOut", Long.toString(statistics.counts().timedOut()));
    row.put("unfinished", Long.toString(statistics.counts().unfinished()));
    row.put("dropped", Long.toString(statistics.counts().dropped()));
    row.put("retriedCalls", Long.toString(statistics.attempts().retriedCalls()));
    row.put("errorPercent", Figures.plain(statistics.counts().errorPercent()));
    row.put("throttledPercent", Figures.plain(statistics.counts().throttledPercent()));
    row.put(
        "goodputPercent",
        statistics.goodput().map(goodput -> Figures.plain(goodput.percent())).orElse(""));
    row.put(
        "goodputCallsPerSecond",
        statistics.goodput().map(goodput -> Figures.plain(goodput.perSecond())).orElse(""));
  }

  private static void throughput(Throughput throughput, Map<String, String> row) {
    row.put("wallSeconds", Figures.plain(throughput.wallSeconds()));
    row.put("loadSeconds", Figures.plain(throughput.loadSeconds()));
    row.put("startedPerMinute", Figures.plain(throughput.startedPerMinute()));
    row.put("requestsPerMinute", Figures.plain(throughput.requestsPerMinute()));
    row.put("inputTokensPerMinute", Figures.plain(throughput.inputTokensPerMinute()));
    row.put("cachedInputTokensPerMinute", Figures.plain(throughput.cachedInputTokensPerMinute()));
    row.put("cacheWriteTokensPerMinute", Figures.plain(throughput.cacheWriteTokensPerMinute()));
    row.put("outputTokensPerMinute", Figures.plain(throughput.outputTokensPerMinute()));
    row.put("totalTokensPerMinute", Figures.plain(throughput.totalTokensPerMinute()));
  }

  private static void distribution(String field, Distribution values, Map<String, String> row) {
    row.put(field + ".n", Long.toString(values.n()));
    row.put(field + ".mean", Figures.plain(values.mean()));
    row.put(field + ".sd", Figures.plain(values.sd()));
    row.put(field + ".min", Figures.plain(values.min()));
    for (Quantile quantile : Quantile.values()) {
      row.put(field + "." + quantile.label(), Figures.plain(values.at(quantile)));
    }
    row.put(field + ".max", Figures.plain(values.max()));
    if (field.contains("FromArrival")) {
      row.put(field + ".longer", Long.toString(values.longer()));
      row.put(
          field + ".lowerBounds",
          Stream.of(Quantile.values())
              .filter(values::isLowerBound)
              .map(Quantile::label)
              .collect(Collectors.joining(" ")));
    }
  }

  private static void cache(Optional<CacheUse> cache, Map<String, String> row) {
    row.put("cacheHitPercent", cache.map(use -> Figures.plain(use.hitPercent())).orElse(""));
    row.put(
        "cacheHitRatePercent", cache.map(use -> Figures.plain(use.hitRatePercent())).orElse(""));
  }

  private static void sizes(Optional<AskedSizes> sizes, Map<String, String> row) {
    put("inputCountedPercent.p50", sizes.map(all -> all.input().p50Percent()), row);
    put("inputCountedPercent.p95", sizes.map(all -> all.input().p95Percent()), row);
    put("outputDeliveredPercent.p50", sizes.map(all -> all.output().p50Percent()), row);
    put("outputAtLimitPercent", sizes.map(AskedSizes::atLimitPercent), row);
  }

  private static void put(String column, Optional<OptionalDouble> value, Map<String, String> row) {
    row.put(column, value.map(Figures::plain).orElse(""));
  }

  private static void callCost(Optional<CallCost> cost, Map<String, String> row) {
    row.put("callCost.billed", cost.map(known -> Long.toString(known.billed())).orElse(""));
    row.put("callCost.total", text(cost.flatMap(CallCost::total)));
    row.put("callCost.perCall", text(cost.flatMap(CallCost::perCall)));
    row.put("callCost.perThousandCalls", text(cost.flatMap(CallCost::perThousandCalls)));
    row.put(
        "callCost.perMillionOutputTokens", text(cost.flatMap(CallCost::perMillionOutputTokens)));
    for (String part : List.of("input", "cachedInput", "cacheWrite", "output", "reasoning")) {
      row.put("callCost." + part, text(cost.map(known -> known.parts().get(part))));
    }
    row.put("callCost.perRequest", text(cost.flatMap(CallCost::perRequest)));
    row.put("callCost.mean", text(cost.flatMap(CallCost::mean)));
    row.put("callCost.min", text(cost.flatMap(known -> Figures.exact(known.ofOneCall().min()))));
    for (Quantile quantile : List.of(Quantile.P50, Quantile.P90, Quantile.P95)) {
      row.put(
          "callCost." + quantile.label(),
          text(cost.flatMap(known -> Figures.exact(known.ofOneCall().at(quantile)))));
    }
    row.put("callCost.max", text(cost.flatMap(known -> Figures.exact(known.ofOneCall().max()))));
    Optional<CacheCost> cache = cost.flatMap(CallCost::cache);
    row.put("callCost.savedByCacheReads", text(cache.map(CacheCost::saved)));
    row.put("callCost.netOfCache", text(cache.map(CacheCost::net)));
  }

  private static void sessions(Optional<SessionStatistics> known, Map<String, String> row) {
    row.put("sessions.whole", known.map(all -> Long.toString(all.whole())).orElse(""));
    row.put("sessions.brokenOff", known.map(all -> Long.toString(all.brokenOff())).orElse(""));
    row.put("sessions.cutOff", known.map(all -> Long.toString(all.cutOff())).orElse(""));
    row.put(
        "sessions.turnsNotSent", known.map(all -> Long.toString(all.turnsNotSent())).orElse(""));
    for (SessionMeasure measure : SessionMeasure.values()) {
      Optional<Distribution> values = known.map(all -> all.of(measure));
      String field = "sessions." + measure.field();
      row.put(field + ".mean", values.map(all -> Figures.plain(all.mean())).orElse(""));
      for (Quantile quantile : List.of(Quantile.P50, Quantile.P95)) {
        row.put(
            field + "." + quantile.label(),
            values.map(all -> Figures.plain(all.at(quantile))).orElse(""));
      }
      row.put(field + ".max", values.map(all -> Figures.plain(all.max())).orElse(""));
    }
  }

  private static String text(Optional<BigDecimal> amount) {
    return amount.map(Figures::shortest).map(BigDecimal::toPlainString).orElse("");
  }
}
