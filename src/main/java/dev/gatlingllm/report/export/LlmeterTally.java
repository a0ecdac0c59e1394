package dev.gatlingllm.report.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.StatisticsCollector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The numbers of LLMeter's {@code stats.json}, by its names: rates over the whole test time, as its
 * reader computes them, and percentiles that never exceed the greatest value. A percentile that too
 * few calls carry is null. Confined to one thread.
 */
final class LlmeterTally {

  private static final Map<String, Measure> AGGREGATED = new LinkedHashMap<>();

  static {
    AGGREGATED.put("time_to_last_token", Measure.TTLT);
    AGGREGATED.put("time_to_first_token", Measure.TTFVT);
    AGGREGATED.put("time_per_output_token", Measure.TPOT);
    AGGREGATED.put("num_tokens_output", Measure.OUTPUT_TOKENS);
    AGGREGATED.put("num_tokens_input", Measure.INPUT_TOKENS);
    AGGREGATED.put("num_tokens_input_cached", Measure.CACHED_INPUT_TOKENS);
  }

  private final StatisticsCollector calls;
  private final Map<String, Long> totals = new LinkedHashMap<>();
  private String model = "";
  private String provider = "";
  private long responses;
  private long failed;
  private long firstStartNanos = Long.MAX_VALUE;
  private long lastEndNanos;

  LlmeterTally(PercentileRule rule) {
    this.calls = new StatisticsCollector(CallObjectives.NONE, rule);
  }

  void add(CallRecord call) {
    if (responses++ == 0) {
      model = call.model();
      provider = call.provider();
    }
    calls.add(call, 0);
    firstStartNanos =
        Math.min(firstStartNanos, call.times().start().orElse(call.times().arrival()));
    lastEndNanos = Math.max(lastEndNanos, call.times().end());
    if (call.outcome() == Outcome.SUCCEEDED) {
      total("total_input_tokens", call.tokens().input());
      total("total_output_tokens", call.tokens().output());
      total("total_cached_input_tokens", call.tokens().cachedInput());
      total("total_reasoning_output_tokens", call.tokens().reasoning());
    } else {
      failed++;
    }
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
      node.put("failed_requests_rate", rounded((double) failed / responses));
    }
    CallStatistics all = calls.result().overall();
    OptionalDouble wall = all.throughput().wallSeconds();
    if (wall.isPresent()) {
      double minutes = wall.getAsDouble() / 60;
      node.put("requests_per_minute", rounded(responses / minutes));
      perMinute("average_input_tokens_per_minute", "total_input_tokens", minutes, node);
      perMinute("average_output_tokens_per_minute", "total_output_tokens", minutes, node);
      perMinute("output_tps", "total_output_tokens", wall.getAsDouble(), node);
    }
    AGGREGATED.forEach((name, measure) -> aggregate(name, measure, all.of(measure), node));
  }

  private void perMinute(String name, String total, double time, ObjectNode node) {
    if (totals.containsKey(total)) {
      node.put(name, rounded(totals.get(total) / time));
    }
  }

  private static void aggregate(
      String name, Measure measure, Distribution values, ObjectNode node) {
    boolean time = measure.unit().equals("ms");
    put(node, name + "-average", values.mean(), time);
    put(node, name + "-p50", values.median(), time);
    put(node, name + "-p90", values.at(Quantile.P90), time);
    put(node, name + "-p99", values.at(Quantile.P99), time);
  }

  private static void put(ObjectNode node, String name, OptionalDouble value, boolean millis) {
    if (value.isEmpty()) {
      node.putNull(name);
    } else if (millis) {
      node.put(name, Seconds.ofMillis(value.getAsDouble()));
    } else {
      node.put(name, rounded(value.getAsDouble()));
    }
  }

  private static BigDecimal rounded(double value) {
    BigDecimal exact =
        BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }
}
