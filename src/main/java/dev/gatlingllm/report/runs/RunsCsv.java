package dev.gatlingllm.report.runs;

import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.report.SummaryCsv;
import dev.gatlingllm.text.CsvLine;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * {@code runs.csv}: one line per run, after a header line: what it was, the numbers of all its
 * calls as in {@code summary.csv}, and every setting that any of the runs had. Its rates are over
 * {@code loadSeconds}.
 */
final class RunsCsv implements TextFormat<List<RunReport>> {

  @Override
  public String fileName() {
    return "runs.csv";
  }

  @Override
  public void write(List<RunReport> runs, Writer out) throws IOException {
    TreeSet<String> settings = new TreeSet<>();
    runs.forEach(run -> run.info().ifPresent(i -> settings.addAll(i.configuration().keySet())));
    boolean begun = false;
    for (RunReport run : runs) {
      Map<String, String> row = row(run);
      Map<String, String> own = run.info().map(RunInfo::configuration).orElse(Map.of());
      settings.forEach(key -> row.put(key, own.getOrDefault(key, "")));
      if (!begun) {
        out.write(CsvLine.of(row.keySet()));
        begun = true;
      }
      out.write(CsvLine.of(row.values()));
    }
  }

  private static Map<String, String> row(RunReport run) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("run", run.runs().get(0));
    row.put("simulation", run.simulation());
    row.put("description", run.info().map(RunInfo::description).orElse(""));
    row.put("start", run.info().map(info -> info.start().toString()).orElse(""));
    row.put("end", run.info().flatMap(RunInfo::end).map(Object::toString).orElse(""));
    row.put("completeness", run.completeness().code());
    row.put("models", String.join("; ", run.statistics().overall().breakdown().models().keySet()));
    row.put(
        "regions", String.join("; ", run.statistics().overall().breakdown().regions().keySet()));
    row.putAll(SummaryCsv.overall(run));
    return row;
  }
}
