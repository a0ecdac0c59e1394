package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.VisibleJson;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Spillover;
import dev.gatlingllm.stats.Throughput;
import dev.gatlingllm.text.TextFormat;
import java.io.IOException;
import java.io.Writer;

/**
 * {@code summary.json}: the statistics for machines. Names are stable and end in the unit; absent
 * values are left out; numbers have three decimals at most. {@code schemaVersion} is raised when a
 * name changes its meaning or goes away.
 *
 * <ul>
 *   <li>{@code completeness}: {@code complete}, {@code unknown}, {@code interrupted}, {@code
 *       crashed} or {@code killed}
 *   <li>{@code verdict}: {@code level} is {@code trusted}, {@code degraded}, {@code unknown} or
 *       {@code invalid}; {@code figures} by {@link dev.gatlingllm.health.HealthCheck#field()}
 *   <li>{@code conclusion}: what the run found, see {@link ConclusionJson}
 *   <li>{@code overall} and each element of {@code calls}, in order of first appearance: the
 *       counts, rates and {@code measures} of all calls, and of one group and name
 *   <li>{@code measures}: by {@link dev.gatlingllm.stats.Measure#field()}, each with {@code unit},
 *       {@code n}, {@code mean}, {@code sd}, {@code cv}, {@code iqr}, {@code min}, {@code max}, the
 *       percentiles that are not withheld as {@code p50}, and the interval of the median as {@code
 *       p50Low95} and {@code p50High95}
 *   <li>{@code promptCache} of calls: only if any says something of a cache; {@code hitPercent} of
 *       the calls that do, {@code hitRatePercent} of their input tokens
 *   <li>{@code cost} of calls: only with prices, exact amounts without what is charged by the hour;
 *       {@code parts}, {@code ofOneCall} with the distribution over billed calls, {@code
 *       promptCache} with its formulas
 *   <li>{@code goodput}: only if limits were given
 *   <li>{@code errors}: by {@code text}, the most frequent first; {@code firstSeconds} and {@code
 *       lastSeconds} since the start of the run, {@code firstAt} and {@code lastAt} by the clock,
 *       {@code status}, an {@code example} of what the service said, {@code retryAfterMillis}, the
 *       longest that it asked to wait, and {@code advice}
 *   <li>{@code blocked}: succeeded calls whose answer a filter blocked; {@code bufferedStreams}:
 *       those whose stream was buffered on its way, {@code bufferedStreamsPercent} of those long
 *       enough to see it; {@code callsWithDoubtfulTokens} by {@link
 *       dev.gatlingllm.stats.TokenDoubt#code()}
 *   <li>{@code servedModels} (by {@code asked → served}), {@code servedTiers}, {@code
 *       servedLatencyModes}, {@code servedInOtherLatencyMode}: calls by what the responses say
 *   <li>{@code connections}: only if calls say on what they were sent; {@code opened}, {@code
 *       reused}, the medians {@code tcpMedianMillis} and {@code tlsMedianMillis}, and {@code
 *       closedOnReuse}: calls that failed on a connection that the server had closed
 *   <li>{@code measurementErrors}: only if it was measured; for each run {@code run}, {@code
 *       source}, {@code load}, {@code durationSeconds}, {@code calls}, {@code otherCalls}, {@code
 *       mostCallsAtOnce}, {@code chunksPerSecond}, {@code firstTtftMillis}, and {@code
 *       scheduleDelay}, {@code ttft}, {@code interChunk} with {@code n}, {@code p50Millis}, {@code
 *       p99Millis}, {@code maxMillis}
 *   <li>{@code spillover}: only if a provisioned deployment handed calls over, which are in no
 *       {@code overall}; {@code calls}, {@code deployments} by {@code asked → served}, {@code
 *       errors} by the status that it had refused them with
 *   <li>{@code sessions}: only if calls are turns of sessions, see {@link SessionJson}
 *   <li>{@code cost} of the run: only with prices; {@code currency}, exact amounts {@code total},
 *       {@code ofTime}, {@code perCall}, {@code perThousandCalls}, {@code perMillionOutputTokens},
 *       {@code models} with their parts, and how many calls are in no amount; {@code ofSpilledOver}
 *       and {@code spilledOver}, the same of calls that were handed over, in no other amount
 *   <li>{@code drift}: what is shown to differ between the halves of the load, see {@link
 *       DriftJson}
 *   <li>{@code assertions}: {@code text}, {@code passed}, {@code actual}
 *   <li>{@code ab}: only of a run in blocks of two targets, see {@link AbJson}
 *   <li>{@code capacity}: only of a capacity search, see {@link
 *       dev.gatlingllm.record.CapacityResult}
 *   <li>{@code curve}: only of a ladder or a capacity search with two loads, see {@link
 *       LoadCurveView#write}
 *   <li>{@code server}: only if the service's metrics were read, see {@link ServerJson}
 *   <li>{@code merge}: only of several runs, see {@link MergeJson}
 *   <li>{@code limits}: only if there are any, see {@link LimitJson}; each is an assertion as well
 *   <li>{@code extension}: only of a run whose load goes on until its limits are decided, see
 *       {@link ExtensionJson}
 * </ul>
 */
public final class SummaryJson implements TextFormat<RunReport> {

  static final int SCHEMA_VERSION = 2;

  @Override
  public String fileName() {
    return "summary.json";
  }

  @Override
  public void write(RunReport report, Writer out) throws IOException {
    out.write(VisibleJson.indented(tree(report)));
  }

  private static ObjectNode tree(RunReport report) {
    ObjectNode root = VisibleJson.mapper().createObjectNode();
    root.put("schemaVersion", SCHEMA_VERSION);
    root.put("simulation", report.simulation());
    report.info().ifPresent(info -> root.put("start", info.start().toString()));
    report
        .info()
        .map(RunInfo::labels)
        .filter(labels -> !labels.isEmpty())
        .ifPresent(labels -> labels.forEach(root.putObject("labels")::put));
    JsonNumbers.put(root, "durationSeconds", report.durationSeconds());
    root.put("completeness", report.completeness().code());
    VerdictJson.write(report.client().verdict(), root.putObject("verdict"));
    ConclusionJson.write(report, root.putObject("conclusion"));
    report.runs().forEach(root.putArray("runs")::add);
    DriftJson.write(report.steadyState(), root);
    report.ab().forEach(found -> AbJson.write(found, root.withArray("ab").addObject()));
    report.capacity().ifPresent(capacity -> root.set("capacity", capacity.tree()));
    LoadCurveView.of(report).ifPresent(curve -> curve.write(root.putObject("curve")));
    ServerJson.write(report, root);
    report.merged().ifPresent(merged -> MergeJson.write(merged, root.putObject("merge")));
    root.put("percentiles", Distribution.PERCENTILES);
    root.put("loadTime", Throughput.LOAD_TIME);
    assertions(report, root.putArray("assertions"));
    report.limits().forEach(limit -> LimitJson.write(limit, root.withArray("limits").addObject()));
    report
        .info()
        .filter(info -> report.runs().size() == 1)
        .flatMap(RunInfo::extension)
        .ifPresent(extension -> ExtensionJson.write(extension, root.putObject("extension")));
    calls(report, report.statistics().overall(), root.putObject("overall"));
    ArrayNode calls = root.putArray("calls");
    for (CallStatistics statistics : report.statistics().byKey()) {
      calls(report, statistics, calls.addObject());
    }
    spillover(report.statistics().spillover(), root);
    report
        .statistics()
        .sessions()
        .ifPresent(sessions -> SessionJson.write(sessions, root.putObject("sessions")));
    report.cost().ifPresent(cost -> CostJson.write(cost, root.putObject("cost")));
    if (!report.measurementErrors().isEmpty()) {
      ArrayNode errors = root.putArray("measurementErrors");
      report
          .measurementErrors()
          .forEach((run, error) -> MeasurementErrorJson.write(run, error, errors.addObject()));
    }
    report.notes().forEach(root.putArray("notes")::add);
    return root;
  }

  private static void spillover(Spillover spillover, ObjectNode root) {
    if (spillover.calls() > 0) {
      ObjectNode node = root.putObject("spillover");
      node.put("calls", spillover.calls());
      spillover.deployments().forEach(node.putObject("deployments")::put);
      spillover.errors().forEach(node.putObject("errors")::put);
    }
  }

  private static void calls(RunReport report, CallStatistics statistics, ObjectNode node) {
    StatisticsJson.write(statistics, report, node);
    report
        .callCosts()
        .flatMap(costs -> costs.of(statistics.key()))
        .ifPresent(cost -> CostJson.write(cost, node.putObject("cost")));
  }

  private static void assertions(RunReport report, ArrayNode nodes) {
    for (AssertionResult result : report.assertions()) {
      nodes
          .addObject()
          .put("text", result.text())
          .put("passed", result.passed())
          .put("actual", result.actual());
    }
  }
}
