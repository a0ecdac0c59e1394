package dev.gatlingllm.report.export;

import dev.gatlingllm.record.Attempt;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.stats.Dimension;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.text.CsvLine;
import dev.gatlingllm.text.Figures;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * {@code raw-samples.csv}: one line for each call, under the names of the Azure benchmarking tool's
 * raw samples where they mean the same, with our measures and the run's settings beside them. Times
 * in seconds since the epoch, latencies in seconds; what was not measured is an empty field.
 */
final class RawCsvExport implements Exporter {

  private static final String SETTINGS = "llm.";

  @Override
  public List<Path> write(FinishedRun run, Path folder) throws IOException {
    Path file = folder.resolve("raw-samples.csv");
    Map<String, String> settings = settings(run);
    boolean[] begun = new boolean[1];
    try (BufferedWriter out = RunFiles.newWriter(file)) {
      run.forEach(
          call -> {
            Map<String, String> row = row(call, run);
            row.putAll(settings);
            if (!begun[0]) {
              out.write(CsvLine.of(row.keySet()));
              begun[0] = true;
            }
            out.write(CsvLine.of(row.values()));
          });
    }
    return List.of(file);
  }

  @Override
  public Map<String, String> definitions() {
    Map<String, String> definitions = new LinkedHashMap<>();
    definitions.put("ttft_latency", Measure.TTFT.definition());
    definitions.put("e2e_latency", Measure.E2E.definition());
    definitions.put("gen_latency", "Time to last token − time to first token.");
    definitions.put("tbt_context", "Time to first token / input tokens.");
    definitions.put("tbt_gen", Measure.TPOT.definition());
    definitions.put("first_byte_latency", Measure.TTFB.definition());
    definitions.put("first_visible_token_latency", Measure.TTFVT.definition());
    definitions.put("last_token_latency", Measure.TTLT.definition());
    definitions.put("longest_gap", Measure.MAX_INTER_CHUNK.definition());
    definitions.put("lag", Measure.SCHEDULE_DELAY.definition());
    definitions.put("tokens_per_second", Measure.TOKENS_PER_SECOND.definition());
    definitions.put("tokens_per_second_e2e", Measure.TOKENS_PER_SECOND_E2E.definition());
    definitions.put("context_tokens", Measure.INPUT_TOKENS.definition());
    definitions.put("generated_tokens", Measure.OUTPUT_TOKENS.definition());
    return definitions;
  }

  private static Map<String, String> settings(FinishedRun run) {
    Map<String, String> settings = new TreeMap<>();
    run.info()
        .ifPresent(
            info ->
                info.configuration()
                    .forEach(
                        (key, value) -> {
                          if (key.startsWith(SETTINGS)) {
                            settings.put(key, value);
                          }
                        }));
    return settings;
  }

  private static Map<String, String> row(CallRecord call, FinishedRun run) {
    Map<String, String> row = new LinkedHashMap<>();
    identity(call, run, row);
    outcome(call, row);
    row.put("request_start_time", epoch(run, call.times().start()));
    row.put("response_time", epoch(run, call.times().head()));
    row.put("first_token_time", epoch(run, call.times().firstOutput()));
    row.put("response_end_time", epoch(run, OptionalLong.of(call.times().end())));
    latencies(call, row);
    row.put("context_tokens", text(call.tokens().input()));
    row.put("generated_tokens", text(call.tokens().output()));
    row.put("cached_context_tokens", text(call.tokens().cachedInput()));
    row.put("cache_write_tokens", text(call.tokens().cacheWrite()));
    row.put("reasoning_tokens", text(call.tokens().reasoning()));
    row.put("tokens_estimated", Boolean.toString(call.tokens().estimated()));
    row.put("tokens_partial", Boolean.toString(call.tokensPartial()));
    row.put("deployment_utilization", Figures.plain(call.service().utilizationPercent()));
    row.put("finish_reason", call.service().finishReason());
    row.put("remaining_requests", text(call.service().remainingRequests()));
    row.put("remaining_tokens", text(call.service().remainingTokens()));
    row.put(
        "cost",
        run.prices().flatMap(prices -> prices.of(call)).map(BigDecimal::toPlainString).orElse(""));
    return row;
  }

  private static void identity(CallRecord call, FinishedRun run, Map<String, String> row) {
    row.put("run", run.name());
    row.put("simulation", run.simulation());
    row.put("call", Long.toString(call.id()));
    row.put("group", String.join(" / ", call.groups()));
    row.put("name", call.name());
    row.put("platform_name", call.provider());
    row.put("model", Dimension.MODEL.of(call).orElse(""));
    row.put("region", Dimension.REGION.of(call).orElse(""));
    row.put("profile", Dimension.PROFILE.of(call).orElse(""));
    row.put("clients", Dimension.LEVEL.of(call).orElse(""));
    row.put("labels", new TreeMap<>(call.labels()).toString().replaceAll("^\\{|}$", ""));
    row.put("request_id", call.service().requestId());
  }

  private static void outcome(CallRecord call, Map<String, String> row) {
    row.put("request_success", Boolean.toString(call.outcome() == Outcome.SUCCEEDED));
    row.put("outcome", call.outcome().code());
    int status = call.service().status();
    row.put("response_status_code", status > 0 ? Integer.toString(status) : "");
    row.put("last_exception", call.error());
    row.put("calls", Integer.toString(call.attempts().size()));
    long waits = call.attempts().stream().mapToLong(Attempt::waitNanos).sum();
    row.put("retry_wait_seconds", Seconds.text(OptionalDouble.of(waits / 1e6)));
  }

  private static void latencies(CallRecord call, Map<String, String> row) {
    OptionalDouble ttft = Measure.TTFT.of(call);
    OptionalDouble ttlt = Measure.TTLT.of(call);
    row.put("ttft_latency", Seconds.text(ttft));
    row.put("e2e_latency", Seconds.text(Measure.E2E.of(call)));
    row.put("gen_latency", Seconds.text(difference(ttlt, ttft)));
    row.put("tbt_context", Seconds.text(share(ttft, call.tokens().input())));
    // Theirs divides by all tokens and counts events; this is our TPOT.
    row.put("tbt_gen", Seconds.text(Measure.TPOT.of(call)));
    row.put("first_byte_latency", Seconds.text(Measure.TTFB.of(call)));
    row.put("first_visible_token_latency", Seconds.text(Measure.TTFVT.of(call)));
    row.put("last_token_latency", Seconds.text(ttlt));
    row.put("longest_gap", Seconds.text(Measure.MAX_INTER_CHUNK.of(call)));
    row.put("lag", Seconds.text(Measure.SCHEDULE_DELAY.of(call)));
    row.put("tokens_per_second", Figures.plain(Measure.TOKENS_PER_SECOND.of(call)));
    row.put("tokens_per_second_e2e", Figures.plain(Measure.TOKENS_PER_SECOND_E2E.of(call)));
  }

  private static OptionalDouble difference(OptionalDouble to, OptionalDouble from) {
    return to.isPresent() && from.isPresent()
        ? OptionalDouble.of(to.getAsDouble() - from.getAsDouble())
        : OptionalDouble.empty();
  }

  private static OptionalDouble share(OptionalDouble millis, OptionalLong tokens) {
    return millis.isPresent() && tokens.isPresent() && tokens.getAsLong() > 0
        ? OptionalDouble.of(millis.getAsDouble() / tokens.getAsLong())
        : OptionalDouble.empty();
  }

  private static String epoch(FinishedRun run, OptionalLong nanos) {
    if (nanos.isEmpty()) {
      return "";
    }
    Optional<String> seconds =
        run.wallTime(nanos.getAsLong())
            .map(
                at ->
                    at.getEpochSecond()
                        + "."
                        + String.valueOf(1_000_000 + at.getNano() / 1000).substring(1));
    return seconds.orElse("");
  }

  private static String text(OptionalLong count) {
    return count.isPresent() ? Long.toString(count.getAsLong()) : "";
  }
}
