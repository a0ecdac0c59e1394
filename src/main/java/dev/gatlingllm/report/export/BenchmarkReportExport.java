package dev.gatlingllm.report.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.text.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The run in llm-d's Benchmark Report, version 0.2: {@code benchmark-report.json} of all calls and,
 * where calls have several names or levels, {@code stage-N.json} of each in order of first
 * appearance. Of a ladder or a search there are stages only: rates and percentiles of all levels
 * together describe no load.
 */
final class BenchmarkReportExport implements Exporter {

  static final String ALL = "benchmark-report.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public List<Path> write(FinishedRun run, Path folder) throws IOException {
    RunReport report = RunReport.of(List.of(run.files().folder()), run.rule());
    List<Path> written = new ArrayList<>();
    for (Map.Entry<String, BenchmarkReport> one : reports(run, report).entrySet()) {
      Path file = folder.resolve(one.getKey());
      RunFiles.writeAtomically(
          file,
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(one.getValue().toJson()) + '\n');
      written.add(file);
    }
    return written;
  }

  private static Map<String, BenchmarkReport> reports(FinishedRun run, RunReport report) {
    List<CallStatistics> keys = report.statistics().byKey();
    Map<String, BenchmarkReport> files = new LinkedHashMap<>();
    if (report.isOneLoad()) {
      files.put(
          ALL,
          new BenchmarkReport(run, report, report.statistics().overall(), OptionalInt.empty()));
    }
    if (files.isEmpty() || keys.size() > 1) {
      for (int i = 0; i < keys.size(); i++) {
        files.put(
            Figures.fill("stage-%d.json", i),
            new BenchmarkReport(run, report, keys.get(i), OptionalInt.of(i)));
      }
    }
    return files;
  }

  @Override
  public Map<String, String> definitions() {
    return BenchmarkReport.definitions();
  }
}
