package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.decision.Drift;
import dev.gatlingllm.decision.SteadyState;

/**
 * {@code drift} in {@code summary.json}: a list, empty if nothing is shown to differ between the
 * earlier and the later half of the load, if its levels follow one another, or if its calls are too
 * few or too many to be looked at. An item has {@code measure}, {@code unit}, {@code statistic}
 * ({@code p50}), {@code firstHalf}, {@code secondHalf} and {@code changePercent}, second ÷ first −
 * 1. {@code growth} beside it: only if the wait for the first token is shown to have grown all the
 * time; {@code ttftMillisFirstThird} and {@code ttftMillisLastThird} are means.
 */
final class DriftJson {

  private DriftJson() {}

  static void write(SteadyState steadyState, ObjectNode root) {
    ArrayNode drifts = root.putArray("drift");
    for (Drift drift : steadyState.drifts()) {
      ObjectNode node = drifts.addObject();
      node.put("measure", drift.measure().field());
      node.put("unit", drift.measure().unit());
      node.put("statistic", "p50");
      JsonNumbers.put(node, "firstHalf", drift.first());
      JsonNumbers.put(node, "secondHalf", drift.second());
      JsonNumbers.put(node, "changePercent", drift.changePercent());
    }
    steadyState
        .growth()
        .ifPresent(
            growth -> {
              ObjectNode node = root.putObject("growth");
              JsonNumbers.put(node, "ttftMillisFirstThird", growth.firstMillis());
              JsonNumbers.put(node, "ttftMillisLastThird", growth.lastMillis());
            });
  }
}
