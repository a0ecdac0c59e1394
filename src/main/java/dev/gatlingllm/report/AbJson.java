package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.decision.AbFinding;
import java.util.OptionalDouble;

/**
 * An element of {@code ab} in {@code summary.json}: {@code number}, {@code first} and {@code
 * second} target, {@code pairs} of blocks; {@code effect} of the second against the first with
 * {@code low95} and {@code high95}, in {@code unit} ({@code %} or {@code points}), absent with too
 * few calls; and what is {@code shown}: {@code worse}, {@code better}, {@code equivalent}, {@code
 * no-worse}, {@code cannot-tell} or {@code too-few}.
 */
final class AbJson {

  private AbJson() {}

  static void write(AbFinding found, ObjectNode node) {
    node.put("number", found.number())
        .put("first", found.first())
        .put("second", found.second())
        .put("pairs", found.pairs())
        .put("shown", found.change().code());
    found
        .effect()
        .ifPresent(
            effect -> {
              JsonNumbers.put(node, "effect", OptionalDouble.of(effect.estimate()));
              JsonNumbers.put(node, "low95", OptionalDouble.of(effect.interval().low()));
              JsonNumbers.put(node, "high95", OptionalDouble.of(effect.interval().high()));
              node.put("unit", effect.unit().strip());
            });
  }
}
