package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.report.server.QueueStretch;
import dev.gatlingllm.report.server.ServerLine;
import dev.gatlingllm.report.server.ServerView;
import dev.gatlingllm.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.DoubleSummaryStatistics;
import java.util.Optional;

/**
 * What the service's metrics said while the run went on, for machines: {@code readings}, {@code
 * failedReadings} by address, {@code queue} (only if calls waited: {@code from} and {@code to} by
 * the clock, {@code fromSeconds} since the start of the run, {@code most} and {@code mostAt},
 * {@code untilEnd} of the load), {@code preemptions}, and {@code metrics} with {@code name}, {@code
 * of} (what it is a part of, if it is), {@code unit}, {@code n}, {@code min}, {@code mean} and
 * {@code max} of the values read. Values themselves are in {@code server-metrics.jsonl}.
 */
final class ServerJson {

  private ServerJson() {}

  static void write(RunReport report, ObjectNode root) {
    ServerView view = report.serverView();
    if (view.readings() == 0) {
      return;
    }
    ObjectNode node = root.putObject("server");
    node.put("readings", view.readings());
    node.put("failedReadings", view.failures().values().stream().mapToLong(one -> one).sum());
    view.queue().ifPresent(queue -> queue(queue, view, report.info().map(RunInfo::start), node));
    JsonNumbers.put(node, "preemptions", view.preemptions());
    ArrayNode metrics = node.putArray("metrics");
    view.lines().forEach(line -> metric(line, metrics.addObject()));
  }

  private static void queue(
      QueueStretch queue, ServerView view, Optional<Instant> start, ObjectNode node) {
    ObjectNode found = node.putObject("queue");
    found.put("from", queue.from().toString());
    start.ifPresent(
        run ->
            found.put(
                "fromSeconds",
                Figures.rounded(Duration.between(run, queue.from()).toNanos() / 1e9)));
    found.put("to", queue.to().toString());
    found.put("untilEnd", view.untilEnd());
    found.put("most", Figures.rounded(queue.most()));
    found.put("mostAt", queue.mostAt().toString());
  }

  private static void metric(ServerLine line, ObjectNode node) {
    node.put("name", line.name());
    if (!line.dimension().isEmpty()) {
      node.put("of", line.dimension());
    }
    node.put("unit", line.unit());
    DoubleSummaryStatistics values =
        line.points().stream().flatMapToDouble(point -> point.value().stream()).summaryStatistics();
    node.put("n", values.getCount());
    if (values.getCount() > 0) {
      node.put("min", Figures.rounded(values.getMin()));
      node.put("mean", Figures.rounded(values.getAverage()));
      node.put("max", Figures.rounded(values.getMax()));
    }
  }
}
