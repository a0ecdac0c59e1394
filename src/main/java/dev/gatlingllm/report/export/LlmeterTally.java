package dev.gatlingllm.report.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The numbers of LLMeter's {@code stats.json}, by its names, computed from the lines of responses
 * as its reader computes them, so that it finds the same. Confined to one thread.
 */
final class LlmeterTally {

  private static final List<String> AGGREGATED =
      List.of(
          "time_to_last_token",
          "time_to_first_token",
          "time_per_output_token",
          "num_tokens_output",
          "num_tokens_input",
          "num_tokens_input_cached");

  private final Map<String, LlmeterValues> values = new LinkedHashMap<>();
  private final Map<String, Long> totals = new LinkedHashMap<>();
  private String model = "";
  private String provider = "";
  private long responses;
  private long failed;
  private long firstStartNanos = Long.MAX_VALUE;
  private long lastEndNanos;

  LlmeterTally() {
    AGGREGATED.forEach(name -> values.put(name, new LlmeterValues()));
  }

  void add(CallRecord call) {
    if (responses++ == 0) {
      model = call.model();
      provider = call.provider();
    }
    firstStartNanos =
        Math.min(firstStartNanos, call.times().start().orElse(call.times().arrival()));
    lastEndNanos = Math.max(lastEndNanos, call.times().end());
    if (call.outcome() == Outcome.SUCCEEDED) {
      InvocationNumbers numbers = InvocationNumbers.of(call);
      seconds("time_to_last_token", numbers.lastToken());
      seconds("time_to_first_token", numbers.firstToken());
      seconds("time_per_output_token", numbers.perOutputToken());
      count("num_tokens_output", numbers.output());
      count("num_tokens_input", numbers.input());
      count("num_tokens_input_cached", numbers.cachedInput());
      total("total_input_tokens", numbers.input());
      total("total_output_tokens", numbers.output());
      total("total_cached_input_tokens", numbers.cachedInput());
      total("total_reasoning_output_tokens", numbers.reasoning());
    } else {
      failed++;
    }
  }

  private void seconds(String name, Optional<BigDecimal> seconds) {
    seconds.ifPresent(value -> values.get(name).add(value.doubleValue()));
  }

  private void count(String name, OptionalLong count) {
    count.ifPresent(value -> values.get(name).add((double) value));
  }

  private void total(String name, OptionalLong tokens) {
    if (tokens.isPresent()) {
      totals.merge(name, tokens.getAsLong(), Long::sum);
    }
  }

  long responses() {
    return responses;
  }

  /** Of the first call. */
  String model() {
    return model;
  }

  String provider() {
    return provider;
  }

  long firstStartNanos() {
    return responses == 0 ? 0 : firstStartNanos;
  }

  long lastEndNanos() {
    return lastEndNanos;
  }

  /** From the first start to the last end; absent without a call. */
  Optional<BigDecimal> wallSeconds() {
    return responses == 0
        ? Optional.empty()
        : Optional.of(BigDecimal.valueOf(lastEndNanos - firstStartNanos, 9));
  }

  void writeStatistics(ObjectNode node) {
    totals.forEach(node::put);
    node.put("failed_requests", failed);
    if (responses > 0) {
      node.put("failed_requests_rate", (double) failed / responses);
    }
    double seconds = wallSeconds().map(BigDecimal::doubleValue).orElse(0.0);
    if (seconds > 0) {
      node.put("requests_per_minute", responses / seconds * 60);
      perMinute("average_input_tokens_per_minute", "total_input_tokens", seconds, node);
      perMinute("average_output_tokens_per_minute", "total_output_tokens", seconds, node);
      if (totals.containsKey("total_output_tokens")) {
        node.put("output_tps", totals.get("total_output_tokens") / seconds);
      }
    }
    values.forEach((name, of) -> of.write(name, node));
  }

  private void perMinute(String name, String total, double seconds, ObjectNode node) {
    if (totals.containsKey(total)) {
      node.put(name, totals.get(total) / seconds * 60);
    }
  }
}
