package dev.gatlingllm.report;

import dev.gatlingllm.cost.Cost;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run cost, on the page, all text.
 *
 * @param line everything together
 * @param currency of the amounts
 * @param rows by model and what for
 * @param tables what the calls of each key cost
 */
record CostView(String line, String currency, List<Row> rows, List<KeyTable> tables) {

  /** One amount. */
  record Row(String model, String calls, String part, String amount) {}

  static CostView of(Cost cost, RunReport report) {
    List<Row> rows = new ArrayList<>();
    for (Cost.Line model : cost.lines()) {
      model
          .parts()
          .forEach(
              (part, amount) ->
                  rows.add(
                      new Row(
                          model.model(),
                          Figures.count(model.calls()),
                          part,
                          Figures.amount(amount))));
    }
    return new CostView(CostText.line(cost), cost.currency(), rows, CallCostTables.of(report));
  }
}
