package dev.gatlingllm.report;

import dev.gatlingllm.cost.CacheCost;
import dev.gatlingllm.cost.CallCost;
import dev.gatlingllm.cost.CallCosts;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Figures;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the calls of each key cost. */
record CallCostTables(List<CallStatistics> keys, CallCosts costs) {

  private static final String NONE = "none";
  private static final String NO_PRICE = "no price";

  /** None without prices. */
  static List<Table> of(RunReport report) {
    return report
        .callCosts()
        .map(costs -> new CallCostTables(HeadlineRows.withTotal(report), costs).tables())
        .orElse(List.of());
  }

  private List<Table> tables() {
    List<Table> tables = new ArrayList<>(List.of(totals(), parts(), ofOneCall()));
    if (costs.all().cache().isPresent()) {
      tables.add(cache());
    }
    return tables;
  }

  private Table totals() {
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

  private Table parts() {
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

  private Table ofOneCall() {
    return table(
        "Cost of one billed call",
        "n: billed calls. Percentiles as those of other measures: p90 needs 50 values, p95 100.",
        List.of("n", "mean", "p50", "p90", "p95", "max"),
        cost ->
            List.of(
                Cell.count(cost.ofOneCall().n()),
                Cell.amount(cost.mean(), NONE),
                amount(cost.ofOneCall(), Quantile.P50),
                amount(cost.ofOneCall(), Quantile.P90),
                amount(cost.ofOneCall(), Quantile.P95),
                Cell.amount(Figures.exact(cost.ofOneCall().max()), NONE)));
  }

  private Table cache() {
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
    return cost.cache().isPresent() ? Cell.amount(cost.cache().map(amount), "") : Cell.NOT_REPORTED;
  }

  private Table table(
      String title, String hint, List<String> heads, Function<CallCost, List<Cell>> cells) {
    String head = title + ", " + costs.currency();
    List<Cell> unknown = heads.stream().map(any -> Cell.none(NONE)).toList();
    List<List<Cell>> rows = new ArrayList<>();
    for (CallStatistics key : keys) {
      rows.add(Cell.row(key.key().path(), costs.of(key.key()).map(cells).orElse(unknown)));
    }
    // Before the last row, which is that of all calls where there are several.
    costs
        .hitsAndMisses()
        .forEach(cost -> rows.add(rows.size() - 1, Cell.row(cost.key().path(), cells.apply(cost))));
    return Columns.of(Kind.NAME, head).numbers(heads).with(head, hint, rows);
  }

  private static Cell amount(Distribution amounts, Quantile quantile) {
    return Cell.amount(Figures.exact(amounts.at(quantile)), StatisticsTable.needs(quantile));
  }
}
