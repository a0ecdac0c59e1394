package dev.gatlingllm.report.export;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Dimension;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.StatisticsCollector;
import dev.gatlingllm.text.CsvLine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The two CSV files of the Bedrock latency benchmarking framework, by its names: {@code
 * invocations_TIME.csv}, a line for each call, and {@code analysis_summary_TIME.csv}, a line for
 * each model, region and latency mode. A call without a latency mode is of the mode {@code none}:
 * no scenario is left out.
 */
final class BedrockLatencyExport implements Exporter {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** What the framework compares. */
  record Scenario(String model, String region, String profile) {

    static final String UNKNOWN = "none";

    static final Comparator<Scenario> ORDER =
        Comparator.comparing(Scenario::model)
            .thenComparing(Scenario::region)
            .thenComparing(Scenario::profile);

    static Scenario of(CallRecord call) {
      return new Scenario(
          Dimension.MODEL.of(call).orElse(UNKNOWN),
          Dimension.REGION.of(call).orElse(UNKNOWN),
          Dimension.PROFILE.of(call).orElse(UNKNOWN));
    }
  }

  @Override
  public List<Path> write(FinishedRun run, Path folder) throws IOException {
    String time = run.wallTime(0).map(TIME::format).orElseGet(run::name);
    Path invocations = folder.resolve("invocations_" + time + ".csv");
    Path summary = folder.resolve("analysis_summary_" + time + ".csv");
    Map<Scenario, StatisticsCollector> scenarios = new TreeMap<>(Scenario.ORDER);
    try (BufferedWriter out = RunFiles.newWriter(invocations)) {
      out.write(CsvLine.of(BedrockInvocation.COLUMNS.keySet()));
      run.forEach(
          call -> {
            Scenario scenario = Scenario.of(call);
            out.write(CsvLine.of(new BedrockInvocation(call, scenario, run).fields()));
            scenarios
                .computeIfAbsent(
                    scenario,
                    any ->
                        StatisticsCollector.ofNumbers(
                            CallObjectives.NONE, run.rule(), StatisticsCollector.EXACT_CALLS))
                .add(call, 0);
          });
    }
    try (BufferedWriter out = RunFiles.newWriter(summary)) {
      out.write(CsvLine.of(BedrockSummary.COLUMNS.keySet()));
      for (Map.Entry<Scenario, StatisticsCollector> one : scenarios.entrySet()) {
        CallStatistics calls = one.getValue().result().overall();
        out.write(CsvLine.of(new BedrockSummary(one.getKey(), calls).fields()));
      }
    }
    return List.of(invocations, summary);
  }

  @Override
  public Map<String, String> definitions() {
    Map<String, String> definitions = new LinkedHashMap<>();
    definitions.put("time_to_first_byte, TTFT", Measure.TTFT.definition());
    definitions.put("time_to_last_byte, total_time", Measure.E2E.definition());
    definitions.put("OTPS", Measure.TOKENS_PER_SECOND_E2E.definition());
    definitions.put("decode_OTPS", Measure.TOKENS_PER_SECOND.definition());
    definitions.put("model_input_tokens, avg_input_tokens", Measure.INPUT_TOKENS.definition());
    definitions.put("model_output_tokens, avg_output_tokens", Measure.OUTPUT_TOKENS.definition());
    definitions.put("percentiles", Distribution.PERCENTILES);
    return definitions;
  }
}
