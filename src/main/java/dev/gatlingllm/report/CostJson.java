package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.cost.Cost;
import java.math.BigDecimal;
import java.util.Optional;

/** What a run cost, in {@code summary.json}: exact amounts. */
final class CostJson {

  private CostJson() {}

  static void write(Cost cost, ObjectNode node) {
    node.put("currency", cost.currency());
    put(node, "total", Optional.of(cost.total()));
    put(node, "perCall", cost.perCall());
    put(node, "perThousandCalls", cost.perThousandCalls());
    put(node, "perMillionOutputTokens", cost.perMillionOutputTokens());
    put(node, "leastOfCall", cost.leastOfCall());
    put(node, "mostOfCall", cost.mostOfCall());
    node.put("billedCalls", cost.calls());
    node.put("callsWithoutPrice", cost.withoutPrice());
    node.put("succeededCallsWithoutTokens", cost.withoutTokens());
    node.put("callsWithEstimatedTokens", cost.estimated());
    ArrayNode models = node.putArray("models");
    for (Cost.Line line : cost.lines()) {
      ObjectNode model = models.addObject();
      model.put("model", line.model());
      model.put("billedCalls", line.calls());
      ObjectNode parts = model.putObject("parts");
      line.parts().forEach((part, amount) -> put(parts, part, Optional.of(amount)));
      put(model, "total", Optional.of(line.total()));
    }
  }

  private static void put(ObjectNode node, String name, Optional<BigDecimal> amount) {
    amount.ifPresent(
        exact -> {
          BigDecimal shortest = exact.stripTrailingZeros();
          node.put(name, shortest.scale() < 0 ? shortest.setScale(0) : shortest);
        });
  }
}
