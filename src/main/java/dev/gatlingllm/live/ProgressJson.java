package dev.gatlingllm.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.VisibleJson;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.SelectedValues;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/**
 * One progress line for machines: first the fields of Azure's benchmarking tool, with its units and
 * its {@code n/a}, then further ones whose names say the unit; those are absent if not measured.
 */
final class ProgressJson {

  private static final double MILLIS_PER_SECOND = 1e3;

  private ProgressJson() {}

  /** The line, without its end. */
  static String line(ProgressSnapshot now) {
    ObjectNode root = VisibleJson.mapper().createObjectNode();
    asThatTool(now, root);
    further(now, root);
    return root.toString();
  }

  private static void asThatTool(ProgressSnapshot now, ObjectNode root) {
    ProgressCounts counts = now.counts();
    root.put("run_seconds", (long) now.elapsedSeconds());
    root.put("timestamp", ProgressText.utcTime(now));
    root.put("rpm", rounded(now.requestsPerMinute(), 1));
    root.put("processing", counts.inFlight());
    root.put("completed", counts.completed());
    root.put("failures", counts.failed());
    root.put("throttled", counts.throttled());
    root.put("requests", counts.completed());
    ObjectNode tpm = root.putObject("tpm");
    put(tpm, "context", now.perMinute(Measure.INPUT_TOKENS), 0);
    put(tpm, "gen", now.perMinute(Measure.OUTPUT_TOKENS), 0);
    put(tpm, "total", now.tokensPerMinute(), 0);
    seconds(root.putObject("e2e"), now.of(Measure.E2E));
    seconds(root.putObject("ttft"), now.of(Measure.TTFT));
    seconds(root.putObject("tbt"), now.of(Measure.TPOT));
    put(root, "context_tpr_avg", now.of(Measure.INPUT_TOKENS).mean(), 0);
    ObjectNode generated = root.putObject("gen_tpr");
    put(generated, "10th", ProgressText.percentile(now.of(Measure.OUTPUT_TOKENS), Quantile.P10), 0);
    put(generated, "avg", now.of(Measure.OUTPUT_TOKENS).mean(), 0);
    put(generated, "90th", ProgressText.percentile(now.of(Measure.OUTPUT_TOKENS), Quantile.P90), 0);
    ObjectNode util = root.putObject("util");
    util.put("avg", ProgressText.orNa("%.1f%%", now.utilizationPercent().mean()));
    util.put("95th", ProgressText.orNa("%.1f%%", ProgressText.p95(now.utilizationPercent())));
  }

  private static void seconds(ObjectNode node, SelectedValues millis) {
    put(node, "avg", inSeconds(millis.mean()), 3);
    put(node, "95th", inSeconds(ProgressText.p95(millis)), 3);
  }

  private static OptionalDouble inSeconds(OptionalDouble millis) {
    return millis.isPresent()
        ? OptionalDouble.of(millis.getAsDouble() / MILLIS_PER_SECOND)
        : millis;
  }

  private static void put(ObjectNode node, String name, OptionalDouble value, int digits) {
    if (value.isPresent()) {
      node.put(name, rounded(value.getAsDouble(), digits));
    } else {
      node.put(name, "n/a");
    }
  }

  private static void further(ProgressSnapshot now, ObjectNode root) {
    ProgressCounts counts = now.counts();
    root.put("time", now.at().toString());
    root.put("elapsed_s", rounded(now.elapsedSeconds(), 3));
    root.put("window_s", rounded(now.windowSeconds(), 3));
    root.put("started", counts.started());
    root.put("succeeded", counts.succeeded());
    root.put("dropped", counts.dropped());
    if (counts.cancelled() > 0) {
      root.put("cancelled", counts.cancelled());
    }
    if (counts.spilledOver() > 0) {
      root.put("spilled_over", counts.spilledOver());
    }
    distribution(root, "ttft_ms", now.of(Measure.TTFT));
    distribution(root, "tpot_ms", now.of(Measure.TPOT));
    distribution(root, "e2e_ms", now.of(Measure.E2E));
    distribution(root, "tokens_per_second", now.of(Measure.TOKENS_PER_SECOND));
    distribution(root, "schedule_delay_ms", now.of(Measure.SCHEDULE_DELAY));
    distribution(root, "utilization_percent", now.utilizationPercent());
    now.outputShare().ifPresent(share -> root.put("output_share_of_max", rounded(share, 3)));
  }

  private static void distribution(ObjectNode root, String name, SelectedValues values) {
    if (values.n() > 0) {
      ObjectNode node = root.putObject(name);
      node.put("n", values.n());
      node.put("avg", rounded(values.mean().getAsDouble(), 3));
      node.put("p50", rounded(values.median().getAsDouble(), 3));
      ProgressText.p95(values).ifPresent(value -> node.put("p95", rounded(value, 3)));
      node.put("max", rounded(values.max().getAsDouble(), 3));
    }
  }

  private static BigDecimal rounded(double value, int digits) {
    return new BigDecimal(value).setScale(digits, RoundingMode.HALF_UP);
  }
}
