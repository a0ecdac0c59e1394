package dev.gatlingllm.report;

import dev.gatlingllm.cost.CacheCost;
import dev.gatlingllm.cost.CallCost;
import dev.gatlingllm.cost.CallCosts;
import dev.gatlingllm.report.KeyTable.Cell;
import dev.gatlingllm.report.KeyTable.Row;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.text.Figures;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the calls of each key cost. */
final class CallCostTables {

  private static final String NONE = "none";
  private static final String NO_PRICE = "no price";

  private final List<CallStatistics> keys;
  private final CallCosts costs;

  private CallCostTables(List<CallStatistics> keys, CallCosts costs) {
    this.keys = keys;
    this.costs = costs;
  }

  /** None without prices. */
  static List<KeyTable> of(RunReport report) {
    return report
        .callCosts()
        .map(costs -> new CallCostTables(HeadlineRows.of(report), costs).tables())
        .orElse(List.of());
  }

  private List<KeyTable> tables() {
    List<KeyTable> tables = new ArrayList<>(List.of(totals(), parts(), ofOneCall()));
    if (costs.all().cache().isPresent()) {
      tables.add(cache());
    }
    return tables;
  }

  private KeyTable totals() {
    return table(
        "Cost of calls",
        "Billed: calls that succeeded or reported tokens, and have a price. Per call and per 1,000:"
            + " of succeeded calls, failures paid for. Per M out: of a million output tokens, input"
            + " paid for. What is charged by the hour belongs to the run and is in none of them."
            + (costs.hitsAndMisses().isEmpty() ? "" : CacheTable.TOGETHER),
        List.of("billed", "total", "per call", "per 1,000", "per M out"),
        cost ->
            List.of(
                Cell.count(cost.billed()),
                Cell.amount(cost.total(), NO_PRICE),
                Cell.amount(cost.perCall(), NONE),
                Cell.amount(cost.perThousandCalls(), NONE),
                Cell.amount(cost.perMillionOutputTokens(), NONE)));
  }

  private KeyTable parts() {
    return table(
            "Cost by what it is for",
            "Each token is paid for once: input, those that went through no cache; output, those"
                + " that are not reasoning. Per request: charges of each billed call. Together they"
                + " are the total.",
            List.of("input", "cached", "cache write", "output", "reasoning", "per request"),
            cost ->
                List.of(
                    part(cost, "input"),
                    part(cost, "cachedInput"),
                    part(cost, "cacheWrite"),
                    part(cost, "output"),
                    part(cost, "reasoning"),
                    Cell.amount(cost.perRequest(), NONE)))
        .withoutEmptyColumns();
  }

  private static Cell part(CallCost cost, String part) {
    return Cell.amount(Optional.ofNullable(cost.parts().get(part)), NONE);
  }

  private KeyTable ofOneCall() {
    return table(
        "Cost of one billed call",
        "n: billed calls. Percentiles as those of other measures: p90 needs 50 values, p95 100.",
        List.of("n", "mean", "p50", "p90", "p95", "max"),
        cost ->
            List.of(
                Cell.count(cost.ofOneCall().n()),
                Cell.amount(cost.mean(), NONE),
                Cell.amount(cost.ofOneCall(), Quantile.P50),
                Cell.amount(cost.ofOneCall(), Quantile.P90),
                Cell.amount(cost.ofOneCall(), Quantile.P95),
                Cell.amount(Figures.exact(cost.ofOneCall().max()), NONE)));
  }

  private KeyTable cache() {
    return table(
        "Cost of the prompt cache",
        CacheCost.DEFINITION,
        List.of("writing", "saved", "net"),
        cost ->
            List.of(
                cacheCost(cost, CacheCost::writing),
                cacheCost(cost, CacheCost::saved),
                cacheCost(cost, CacheCost::net)));
  }

  private static Cell cacheCost(CallCost cost, Function<CacheCost, BigDecimal> amount) {
    return cost.cache().isPresent() ? Cell.amount(cost.cache().map(amount), "") : Cell.UNKNOWN;
  }

  private KeyTable table(
      String title, String hint, List<String> columns, Function<CallCost, List<Cell>> cells) {
    List<Cell> unknown = columns.stream().map(any -> new Cell(Figures.DASH, NONE)).toList();
    List<Row> rows = new ArrayList<>();
    for (CallStatistics key : keys) {
      rows.add(new Row(key.key().path(), costs.of(key.key()).map(cells).orElse(unknown)));
    }
    // Before the last row, which is that of all calls where there are several.
    costs
        .hitsAndMisses()
        .forEach(cost -> rows.add(rows.size() - 1, new Row(cost.key().path(), cells.apply(cost))));
    return new KeyTable(title + ", " + costs.currency(), hint, columns, rows);
  }
}
