package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.decision.LimitResult;
import dev.gatlingllm.record.Limit;

/**
 * A limit and its decision as an object: {@code name}, {@code path} (left out for all calls),
 * {@code of}, {@code statistic}, {@code bound} (at-most, below, at-least, above, exactly), {@code
 * limit}, {@code unit}, {@code outcome} (met, missed, undecided), {@code passed}, {@code actual},
 * {@code actualIsLowerBound}, {@code marginPercent}, {@code calls}, {@code worth}, {@code
 * callsThatWouldTell} and {@code reason}.
 */
final class LimitJson {

  private LimitJson() {}

  static void write(LimitResult result, ObjectNode node) {
    Limit limit = result.limit();
    node.put("name", limit.name());
    if (!limit.path().isEmpty()) {
      node.put("path", limit.row());
    }
    node.put("of", limit.of());
    node.put("statistic", limit.statistic());
    node.put("bound", limit.bound().code());
    JsonNumbers.put(node, "limit", limit.value());
    node.put("unit", result.unit());
    node.put("outcome", result.outcome().code());
    node.put("passed", result.passed());
    JsonNumbers.put(node, "actual", result.actual());
    if (result.open()) {
      node.put("actualIsLowerBound", true);
    }
    JsonNumbers.put(node, "marginPercent", result.marginPercent());
    node.put("calls", result.calls());
    JsonNumbers.put(node, "worth", result.worth());
    result.wouldTell().ifPresent(calls -> node.put("callsThatWouldTell", calls));
    node.put("reason", result.reason());
    result.why().ifPresent(why -> node.put("undecidedBecause", why.code()));
  }
}
