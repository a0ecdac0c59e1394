package dev.gatlingllm.report.export;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.stats.PercentileRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A finished run in the format of another tool. */
public final class Export {

  static final Map<String, Exporter> FORMATS = new LinkedHashMap<>();

  private static final String DEFINITIONS = "definitions.txt";

  /** Formats that say how each call ended; others know success and error only. */
  private static final Set<String> WITH_OUTCOMES = Set.of("raw-csv", "openmetrics");

  static {
    FORMATS.put("llmeter", new LlmeterExport());
    FORMATS.put("bedrock-latency", new BedrockLatencyExport());
    FORMATS.put("raw-csv", new RawCsvExport());
    FORMATS.put("openmetrics", new OpenMetricsExport());
    FORMATS.put("benchmark-report", new BenchmarkReportExport());
  }

  private Export() {}

  /** The names of the formats. */
  public static Set<String> formats() {
    return FORMATS.keySet();
  }

  /**
   * Writes a run into a folder.
   *
   * @param succeededOnly leaves out the calls that failed
   * @param rule whether percentiles of few values are shown
   * @return the files
   * @throws IllegalArgumentException if there is no such format, or the folder is not that of a run
   */
  public static List<Path> write(
      Path run, String format, Path folder, boolean succeededOnly, PercentileRule rule)
      throws IOException {
    if (!FORMATS.containsKey(format)) {
      throw new IllegalArgumentException(
          "there is no format " + format + "; there are " + String.join(", ", formats()));
    }
    FinishedRun finished = FinishedRun.open(run, selected(format, succeededOnly), rule);
    Files.createDirectories(folder);
    Exporter exporter = FORMATS.get(format);
    List<Path> written = new ArrayList<>(exporter.write(finished, folder));
    if (!exporter.definitions().isEmpty()) {
      written.add(define(exporter, folder));
    }
    return written;
  }

  /** The same word means different things to different tools, so each export says what it means. */
  private static Path define(Exporter exporter, Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    exporter
        .definitions()
        .forEach((name, meaning) -> text.append(name).append(": ").append(meaning).append('\n'));
    Path file = folder.resolve(DEFINITIONS);
    RunFiles.writeAtomically(file, text.toString());
    return file;
  }

  /** What never ended, or was never sent, is no request to other tools. */
  private static Predicate<CallRecord> selected(String format, boolean succeededOnly) {
    boolean cancelled = !succeededOnly && WITH_OUTCOMES.contains(format);
    return call ->
        call.outcome() == Outcome.SUCCEEDED
            || (!succeededOnly && call.outcome().failed())
            || (cancelled && call.outcome() == Outcome.CANCELLED);
  }
}
