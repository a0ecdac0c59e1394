package dev.gatlingllm.report.runs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.VisibleJson;
import dev.gatlingllm.report.PageTemplate;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.report.SeriesJson;
import dev.gatlingllm.table.Table;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** {@code runs.html}: the numbers of several runs, and their courses over time on common scales. */
final class RunsHtml implements TextFormat<List<RunReport>> {

  private static final PageTemplate PAGE =
      new PageTemplate("runs.peb", "charts.js", "tools.js", "runs.js");

  /** What is drawn of each run, by the name of its chart. */
  private static final List<Trend> TRENDS =
      List.of(
          new Trend("rpm", "Calls started and completed", "1/min"),
          new Trend("failed", "Failed calls", "calls per slice"),
          new Trend("ttft", "Time to first token", "ms"),
          new Trend("rate", "Decode rate of one call", "tok/s"),
          new Trend("e2e", "End to end", "ms"),
          new Trend("tokens", "Output tokens of all calls", "tok/s"),
          new Trend("flight", "Calls in flight", "calls"),
          new Trend("utilization", "Utilisation of the deployment", "%"));

  /** One row of charts. */
  record Trend(String id, String title, String unit) {}

  /** What the template prints. */
  record Page(int runs, List<String> names, Table numbers, List<Trend> trends, RunsLinks links) {}

  private final RunsLinks links;

  RunsHtml(RunsLinks links) {
    this.links = links;
  }

  @Override
  public String fileName() {
    return "runs.html";
  }

  @Override
  public void write(List<RunReport> runs, Writer out) throws IOException {
    List<String> names = runs.stream().map(run -> run.runs().get(0)).toList();
    ObjectNode charts = VisibleJson.mapper().createObjectNode();
    ArrayNode series = charts.putArray("runs");
    runs.forEach(run -> SeriesJson.write(run.statistics().overall().series(), series.addObject()));
    PAGE.write(new Page(runs.size(), names, RunsTable.of("", runs), TRENDS, links), charts, out);
  }
}
