package dev.gatlingllm.export;

import dev.gatlingllm.export.BedrockLatencyExport.Scenario;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.text.Figures;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One line of the framework's summary: its three keys and fourteen columns, of succeeded calls,
 * times in seconds, three decimals. Its {@code OTPS} divides by the whole time of the call; the
 * decode rate, and the failures that it leaves out, stand beside it.
 */
final class BedrockSummary {

  static final List<String> COLUMNS =
      List.of(
          "model",
          "region",
          "inference_profile",
          "sample_size",
          "TTFT_mean",
          "TTFT_p50",
          "TTFT_p90",
          "TTFT_std",
          "avg_input_tokens",
          "avg_output_tokens",
          "total_time_mean",
          "total_time_p50",
          "total_time_p90",
          "OTPS_mean",
          "OTPS_p50",
          "OTPS_p90",
          "OTPS_std",
          "decode_OTPS_mean",
          "decode_OTPS_p50",
          "decode_OTPS_p10",
          "decode_OTPS_std",
          "failed",
          "throttled",
          "error_percent");

  private BedrockSummary() {}

  static List<String> fields(Scenario scenario, CallStatistics calls) {
    Distribution ttft = calls.of(Measure.TTFT);
    Distribution e2e = calls.of(Measure.E2E);
    Distribution whole = calls.of(Measure.TOKENS_PER_SECOND_E2E);
    Distribution decode = calls.of(Measure.TOKENS_PER_SECOND);
    return List.of(
        scenario.model(),
        scenario.region(),
        scenario.profile(),
        Long.toString(calls.counts().succeeded()),
        seconds(ttft.mean()),
        seconds(ttft.median()),
        seconds(ttft.at(Quantile.P90)),
        seconds(ttft.sd()),
        Figures.plain(calls.of(Measure.INPUT_TOKENS).mean()),
        Figures.plain(calls.of(Measure.OUTPUT_TOKENS).mean()),
        seconds(e2e.mean()),
        seconds(e2e.median()),
        seconds(e2e.at(Quantile.P90)),
        Figures.plain(whole.mean()),
        Figures.plain(whole.median()),
        Figures.plain(whole.at(Quantile.P90)),
        Figures.plain(whole.sd()),
        Figures.plain(decode.mean()),
        Figures.plain(decode.median()),
        Figures.plain(decode.at(Quantile.P10)),
        Figures.plain(decode.sd()),
        Long.toString(calls.counts().failed()),
        Long.toString(calls.counts().throttled()),
        Figures.plain(calls.counts().errorPercent()));
  }

  private static String seconds(OptionalDouble millis) {
    return millis.isPresent() ? Figures.plain(millis.getAsDouble() / 1000) : "";
  }
}
