package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.cost.CacheCost;
import dev.gatlingllm.cost.CallCost;
import dev.gatlingllm.cost.Cost;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.text.Figures;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What a run cost, in {@code summary.json}: exact amounts. */
final class CostJson {

  private CostJson() {}

  static void write(Cost cost, ObjectNode node) {
    node.put("currency", cost.currency());
    put(node, "total", Optional.of(cost.total()));
    put(node, "ofTime", Optional.of(cost.ofTime()));
    put(node, "perCall", cost.perCall());
    put(node, "perThousandCalls", cost.perThousandCalls());
    put(node, "perMillionOutputTokens", cost.perMillionOutputTokens());
    put(node, "leastOfCall", cost.leastOfCall());
    put(node, "mostOfCall", cost.mostOfCall());
    node.put("billedCalls", cost.calls());
    node.put("callsWithoutPrice", cost.withoutPrice());
    node.put("succeededCallsWithoutTokens", cost.withoutTokens());
    node.put("callsWithEstimatedTokens", cost.estimated());
    write(cost.lines(), node.putArray("models"));
    if (!cost.spilled().isEmpty()) {
      put(node, "ofSpilledOver", Optional.of(cost.ofSpilled()));
      write(cost.spilled(), node.putArray("spilledOver"));
    }
  }

  private static void write(List<Cost.Line> lines, ArrayNode models) {
    for (Cost.Line line : lines) {
      ObjectNode model = models.addObject();
      model.put("model", line.model());
      model.put("billedCalls", line.calls());
      ObjectNode parts = model.putObject("parts");
      line.parts().forEach((part, amount) -> put(parts, part, Optional.of(amount)));
      put(model, "total", Optional.of(line.total()));
    }
  }

  /** What the calls of one key cost: what is charged by the hour is not in it. */
  static void write(CallCost cost, ObjectNode node) {
    put(node, "total", cost.total());
    put(node, "perCall", cost.perCall());
    put(node, "perThousandCalls", cost.perThousandCalls());
    put(node, "perMillionOutputTokens", cost.perMillionOutputTokens());
    node.put("billedCalls", cost.billed());
    node.put("callsWithoutPrice", cost.withoutPrice());
    ObjectNode parts = node.putObject("parts");
    cost.parts().forEach((part, amount) -> put(parts, part, Optional.of(amount)));
    ofOneCall(cost, node.putObject("ofOneCall"));
    cost.cache().ifPresent(cache -> write(cache, node.putObject("promptCache")));
  }

  private static void ofOneCall(CallCost cost, ObjectNode node) {
    Distribution amounts = cost.ofOneCall();
    node.put("n", amounts.n());
    put(node, "mean", cost.mean());
    put(node, "min", Figures.exact(amounts.min()));
    for (Quantile quantile : Quantile.values()) {
      put(node, quantile.label(), Figures.exact(amounts.at(quantile)));
    }
    put(node, "max", Figures.exact(amounts.max()));
  }

  private static void write(CacheCost cache, ObjectNode node) {
    node.put("definition", CacheCost.DEFINITION);
    put(node, "writing", Optional.of(cache.writing()));
    put(node, "savedByReads", Optional.of(cache.saved()));
    put(node, "net", Optional.of(cache.net()));
  }

  private static void put(ObjectNode node, String name, Optional<BigDecimal> amount) {
    amount.ifPresent(exact -> node.put(name, Figures.shortest(exact)));
  }
}
