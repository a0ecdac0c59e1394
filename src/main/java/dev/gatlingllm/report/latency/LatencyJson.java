package dev.gatlingllm.report.latency;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.VisibleJson;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.text.Figures;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * {@code latency-table.json}: an object for each row, by deployment and size, with the field names
 * of the Azure OpenAI latency tests (times in seconds, rates as shares) and further ones. What is
 * not known, or withheld for too few calls, is null.
 */
final class LatencyJson {

  private static final MathContext DIGITS = new MathContext(6);

  private LatencyJson() {}

  static String of(LatencyTable table) {
    ObjectNode root = VisibleJson.mapper().createObjectNode();
    RowName.unique(table.rows()).forEach((name, row) -> row(row, root.putObject(name)));
    return VisibleJson.indentedObjects(root);
  }

  private static void row(LatencyRow row, ObjectNode node) {
    put(node, "average_time", row.seconds().mean());
    spread(node, "time", row.seconds());
    row.regions().forEach(node.putArray("regions")::add);
    spread(node, "completion_tokens", row.completionTokens());
    spread(node, "prompt_tokens", row.promptTokens());
    put(node, "error_rate", row.errorRate());
    node.put("number_of_iterations", row.iterations());
    node.put("throttle_count", row.throttled());
    put(node, "throttle_rate", row.throttleRate());
    row.errorStatuses().forEach(node.putArray("errors_types")::add);
    node.put("successful_runs", row.successes());
    node.put("unsuccessful_runs", row.failures());
    run(node, "best_run", row.best());
    run(node, "worst_run", row.worst());
    further(row, node);
  }

  private static void further(LatencyRow row, ObjectNode node) {
    node.put("deployment", row.model());
    row.maxTokens().ifPresent(tokens -> node.put("max_tokens", tokens));
    node.put("streaming", row.streaming());
    row.servedRegion().ifPresent(region -> node.put("served_region", region));
    node.put("calls", row.calls().path());
    row.errors().forEach(node.putObject("error_counts")::put);
    put(node, "average_ttft", row.ttftSeconds().mean());
    spread(node, "ttft", row.ttftSeconds());
    put(node, "median_tokens_per_second", row.tokensPerSecond().median());
    put(node, "median_ms_per_output_token", row.millisPerOutputToken().median());
    run(node, "best_run_per_output_token", row.bestPerToken());
    run(node, "worst_run_per_output_token", row.worstPerToken());
  }

  private static void spread(ObjectNode node, String of, Distribution values) {
    put(node, "median_" + of, values.median());
    put(node, "iqr_" + of, values.iqr());
    put(node, "percentile_95_" + of, values.at(Quantile.P95));
    put(node, "percentile_99_" + of, values.at(Quantile.P99));
    put(node, "cv_" + of, values.cv());
  }

  private static void run(ObjectNode node, String name, Optional<LatencyRun> found) {
    if (found.isEmpty()) {
      node.putNull(name);
      return;
    }
    LatencyRun run = found.get();
    ObjectNode about = node.putObject(name);
    put(about, "time", OptionalDouble.of(run.seconds()));
    put(about, "completion_tokens", run.completionTokens());
    put(about, "prompt_tokens", run.promptTokens());
    about.put("region", run.region());
    if (run.utilizationPercent().isPresent()) {
      about.put("utilization", Figures.fill("%.2f%%", run.utilizationPercent().getAsDouble()));
    } else {
      about.putNull("utilization");
    }
    about.put("local_time", run.localTime().orElse(null));
    put(about, "ttft", run.ttftSeconds());
    put(about, "time_per_output_token", run.secondsPerOutputToken());
    about.put("call", run.callId());
  }

  private static void put(ObjectNode node, String name, OptionalLong value) {
    if (value.isPresent()) {
      node.put(name, value.getAsLong());
    } else {
      node.putNull(name);
    }
  }

  private static void put(ObjectNode node, String name, OptionalDouble value) {
    if (value.isPresent()) {
      node.put(name, new BigDecimal(value.getAsDouble()).round(DIGITS).stripTrailingZeros());
    } else {
      node.putNull(name);
    }
  }
}
