package dev.gatlingllm.report;

import dev.gatlingllm.cost.Cost;
import dev.gatlingllm.table.Cell;
import dev.gatlingllm.table.Column.Kind;
import dev.gatlingllm.table.Columns;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run cost, on the page, all text.
 *
 * @param line everything together
 * @param models by model and what for
 * @param tables what the calls of each key cost
 */
record CostView(String line, Table models, List<Table> tables) {

  static CostView of(Cost cost, RunReport report) {
    List<List<Cell>> rows = new ArrayList<>();
    cost.lines().forEach(line -> rows(line, "", rows));
    cost.spilled().forEach(line -> rows(line, " (spilled over, in no total)", rows));
    Table models =
        Columns.of(Kind.TEXT, "Model")
            .numbers("billed calls")
            .and(Kind.TEXT, "for")
            .numbers(cost.currency())
            .with(rows);
    return new CostView(CostText.line(cost), models, CallCostTables.of(report));
  }

  private static void rows(Cost.Line line, String mark, List<List<Cell>> rows) {
    String calls = Figures.count(line.calls());
    line.parts()
        .forEach(
            (part, amount) ->
                rows.add(Cell.row(line.model() + mark, calls, part, Figures.amount(amount))));
  }
}
