package dev.gatlingllm.report.export;

import dev.gatlingllm.report.export.BedrockLatencyExport.Scenario;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.text.Figures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * One line of the framework's summary: its three keys and fourteen columns, of succeeded calls,
 * times in seconds, three decimals. Its {@code OTPS} divides by the whole time of the call; the
 * decode rate, and the failures that it leaves out, stand beside it.
 */
record BedrockSummary(Scenario scenario, CallStatistics calls) {

  static final Map<String, Function<BedrockSummary, String>> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("model", one -> one.scenario.model());
    COLUMNS.put("region", one -> one.scenario.region());
    COLUMNS.put("inference_profile", one -> one.scenario.profile());
    COLUMNS.put("sample_size", one -> Long.toString(one.calls.counts().succeeded()));
    COLUMNS.put("TTFT_mean", one -> seconds(one.calls.of(Measure.TTFT).mean()));
    COLUMNS.put("TTFT_p50", one -> seconds(one.calls.of(Measure.TTFT).median()));
    COLUMNS.put("TTFT_p90", one -> seconds(one.calls.of(Measure.TTFT).at(Quantile.P90)));
    COLUMNS.put("TTFT_std", one -> seconds(one.calls.of(Measure.TTFT).sd()));
    COLUMNS.put(
        "avg_input_tokens", one -> Figures.plain(one.calls.of(Measure.INPUT_TOKENS).mean()));
    COLUMNS.put(
        "avg_output_tokens", one -> Figures.plain(one.calls.of(Measure.OUTPUT_TOKENS).mean()));
    COLUMNS.put("total_time_mean", one -> seconds(one.calls.of(Measure.E2E).mean()));
    COLUMNS.put("total_time_p50", one -> seconds(one.calls.of(Measure.E2E).median()));
    COLUMNS.put("total_time_p90", one -> seconds(one.calls.of(Measure.E2E).at(Quantile.P90)));
    COLUMNS.put(
        "OTPS_mean", one -> Figures.plain(one.calls.of(Measure.TOKENS_PER_SECOND_E2E).mean()));
    COLUMNS.put(
        "OTPS_p50", one -> Figures.plain(one.calls.of(Measure.TOKENS_PER_SECOND_E2E).median()));
    COLUMNS.put(
        "OTPS_p90",
        one -> Figures.plain(one.calls.of(Measure.TOKENS_PER_SECOND_E2E).at(Quantile.P90)));
    COLUMNS.put("OTPS_std", one -> Figures.plain(one.calls.of(Measure.TOKENS_PER_SECOND_E2E).sd()));
    COLUMNS.put(
        "decode_OTPS_mean", one -> Figures.plain(one.calls.of(Measure.TOKENS_PER_SECOND).mean()));
    COLUMNS.put(
        "decode_OTPS_p50", one -> Figures.plain(one.calls.of(Measure.TOKENS_PER_SECOND).median()));
    COLUMNS.put(
        "decode_OTPS_p10",
        one -> Figures.plain(one.calls.of(Measure.TOKENS_PER_SECOND).at(Quantile.P10)));
    COLUMNS.put(
        "decode_OTPS_std", one -> Figures.plain(one.calls.of(Measure.TOKENS_PER_SECOND).sd()));
    COLUMNS.put("failed", one -> Long.toString(one.calls.counts().failed()));
    COLUMNS.put("throttled", one -> Long.toString(one.calls.counts().throttled()));
    COLUMNS.put("error_percent", one -> Figures.plain(one.calls.counts().errorPercent()));
  }

  List<String> fields() {
    return COLUMNS.values().stream().map(column -> column.apply(this)).toList();
  }

  private static String seconds(OptionalDouble millis) {
    return millis.isPresent() ? Figures.plain(millis.getAsDouble() / 1000) : "";
  }
}
