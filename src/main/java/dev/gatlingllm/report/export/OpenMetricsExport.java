package dev.gatlingllm.report.export;

import dev.gatlingllm.health.Trust;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Measure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * {@code metrics.txt}: the statistics of a run as OpenMetrics 1.0 text, in base units, a sample for
 * each group and name, all of them at the run's end. What takes OpenMetrics (a push gateway, a
 * backfill of a time-series database, an experiment tracker) can keep runs side by side by the
 * label {@code run}.
 */
final class OpenMetricsExport implements Exporter {

  @Override
  public List<Path> write(FinishedRun run, Path folder) throws IOException {
    RunReport report = RunReport.of(List.of(run.files().folder()), run.rule());
    Path file = folder.resolve("metrics.txt");
    RunFiles.writeAtomically(file, text(report));
    return List.of(file);
  }

  /** The text carries its own, in the line HELP of each family. */
  @Override
  public Map<String, String> definitions() {
    return Map.of();
  }

  static String text(RunReport report) {
    OpenMetricsText text =
        new OpenMetricsText(
            report.runs().get(0), report.simulation(), report.info().flatMap(RunInfo::end));
    verdict(report, text);
    List<CallStatistics> keys = report.statistics().byKey();
    calls(keys, text);
    gauge("llm_completions_per_minute", keys, text, k -> k.throughput().requestsPerMinute());
    gauge("llm_input_tokens_per_minute", keys, text, k -> k.throughput().inputTokensPerMinute());
    gauge("llm_output_tokens_per_minute", keys, text, k -> k.throughput().outputTokensPerMinute());
    for (Measure measure : Measure.values()) {
      text.summary(measure, keys);
    }
    return text.end();
  }

  private static void verdict(RunReport report, OpenMetricsText text) {
    text.family("llm_run_verdict", "stateset", "", "Whether the client was healthy enough.");
    Trust level = report.client().verdict().level();
    for (Trust state : Trust.values()) {
      text.sample(
          "llm_run_verdict", Map.of("llm_run_verdict", state.code()), state == level ? "1" : "0");
    }
  }

  private static void calls(List<CallStatistics> keys, OpenMetricsText text) {
    text.family("llm_calls", "counter", "", "Calls by how they ended.");
    for (CallStatistics key : keys) {
      for (Map.Entry<Outcome, Long> count : key.counts().byOutcome().entrySet()) {
        text.sample(
            "llm_calls_total",
            key.key(),
            Map.of("outcome", count.getKey().code()),
            Long.toString(count.getValue()));
      }
    }
  }

  private static void gauge(
      String name,
      List<CallStatistics> keys,
      OpenMetricsText text,
      Function<CallStatistics, OptionalDouble> value) {
    text.family(name, "gauge", "", "Of succeeded calls, from the first start to the last end.");
    for (CallStatistics key : keys) {
      OptionalDouble number = value.apply(key);
      if (number.isPresent()) {
        text.sample(name, key.key(), Map.of(), OpenMetricsText.number(number.getAsDouble()));
      }
    }
  }
}
