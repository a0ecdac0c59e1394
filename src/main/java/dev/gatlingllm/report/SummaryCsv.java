package dev.gatlingllm.report;

import dev.gatlingllm.record.CsvLine;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.Throughput;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.StringJoiner;

/**
 * {@code summary.csv}: one line per group and name, in order of first appearance, after a line for
 * all calls together, which alone has no name. RFC 4180 with a header line; what is absent is an
 * empty field. The cost is that of the run, on the first line. The last field is the verdict on the
 * run, the same on every line.
 */
public final class SummaryCsv implements ReportWriter {

  @Override
  public String fileName() {
    return "summary.csv";
  }

  @Override
  public void write(RunReport report, Writer out) throws IOException {
    CallStatistics overall = report.statistics().overall();
    String verdict = report.client().verdict().level().code();
    String cost = report.cost().map(known -> known.total().toPlainString()).orElse("");
    line(out, List.copyOf(row("", "", overall, cost, verdict).keySet()));
    line(out, List.copyOf(row("", "", overall, cost, verdict).values()));
    for (CallStatistics statistics : report.statistics().byKey()) {
      String group = String.join(" / ", statistics.key().groups());
      line(out, List.copyOf(row(group, statistics.key().name(), statistics, "", verdict).values()));
    }
  }

  /** The line for all calls together, by column. */
  static Map<String, String> overall(RunReport report) {
    Map<String, String> row =
        row(
            "",
            "",
            report.statistics().overall(),
            report.cost().map(known -> known.total().toPlainString()).orElse(""),
            report.client().verdict().level().code());
    row.keySet().removeAll(Set.of("group", "name", "labels"));
    return row;
  }

  private static Map<String, String> row(
      String group, String name, CallStatistics statistics, String cost, String verdict) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("group", group);
    row.put("name", name);
    row.put("labels", labels(statistics.key().labels()));
    counts(statistics, row);
    throughput(statistics.throughput(), row);
    for (Measure measure : Measure.values()) {
      distribution(measure.field(), statistics.of(measure), row);
    }
    row.put("cost", cost);
    row.put("verdict", verdict);
    return row;
  }

  private static String labels(Map<String, String> labels) {
    StringJoiner text = new StringJoiner("; ");
    labels.forEach((label, value) -> text.add(label + "=" + value));
    return text.toString();
  }

  private static void counts(CallStatistics statistics, Map<String, String> row) {
    row.put("started", Long.toString(statistics.counts().started()));
    row.put("succeeded", Long.toString(statistics.counts().succeeded()));
    row.put("failed", Long.toString(statistics.counts().failed()));
    row.put("throttled", Long.toString(statistics.counts().throttled()));
    row.put("timedOut", Long.toString(statistics.counts().timedOut()));
    row.put("unfinished", Long.toString(statistics.counts().unfinished()));
    row.put("missed", Long.toString(statistics.counts().missed()));
    row.put("retriedCalls", Long.toString(statistics.attempts().retriedCalls()));
    row.put("errorPercent", text(statistics.counts().errorPercent()));
    row.put("throttledPercent", text(statistics.counts().throttledPercent()));
    row.put(
        "goodputPercent", statistics.goodput().map(goodput -> text(goodput.percent())).orElse(""));
    row.put(
        "goodputCallsPerSecond",
        statistics.goodput().map(goodput -> text(goodput.perSecond())).orElse(""));
  }

  private static void throughput(Throughput throughput, Map<String, String> row) {
    row.put("wallSeconds", text(throughput.wallSeconds()));
    row.put("requestsPerMinute", text(throughput.requestsPerMinute()));
    row.put("steadyRequestsPerMinute", text(throughput.steadyRequestsPerMinute()));
    row.put("inputTokensPerMinute", text(throughput.inputTokensPerMinute()));
    row.put("outputTokensPerMinute", text(throughput.outputTokensPerMinute()));
    row.put("totalTokensPerMinute", text(throughput.totalTokensPerMinute()));
  }

  private static void distribution(String field, Distribution values, Map<String, String> row) {
    row.put(field + ".n", Long.toString(values.n()));
    row.put(field + ".mean", text(values.mean()));
    row.put(field + ".sd", text(values.sd()));
    row.put(field + ".min", text(values.min()));
    for (Quantile quantile : Quantile.values()) {
      row.put(field + "." + quantile.label(), text(values.at(quantile)));
    }
    row.put(field + ".max", text(values.max()));
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? Figures.plain(value.getAsDouble()) : "";
  }

  private static void line(Writer out, List<String> fields) throws IOException {
    out.write(CsvLine.of(fields));
  }
}
