package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.stats.Bucket;
import dev.gatlingllm.stats.GroupStatistics;
import dev.gatlingllm.stats.Stage;
import dev.gatlingllm.stats.TimeSeries;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The load that a run was to have, on the time axis of the load that it had: the rate of a profile
 * as it was set, arrivals as they were due, and the clients of a closed load.
 */
final class AskedLoad {

  private static final Set<Completeness> CUT =
      Set.of(Completeness.INTERRUPTED, Completeness.CRASHED, Completeness.KILLED);

  private AskedLoad() {}

  /** Writes what is known of the load of all calls beside their series. */
  static void write(RunReport report, ObjectNode node) {
    TimeSeries series = report.statistics().overall().series();
    PlannedRate.of(report)
        .ifPresentOrElse(
            plan -> plan.write(node),
            () -> {
              if (isOpen(report)) {
                due(series, node.putArray("duePerMinute"));
              }
            });
    if (!isOpen(report)) {
      clients(report, series, node);
    }
    if (CUT.contains(report.completeness())) {
      node.put("cut", report.completeness().code());
    }
  }

  /** A closed load has no plan of arrivals; a search knows what it sent. */
  private static boolean isOpen(RunReport report) {
    return report
        .capacity()
        .map(search -> !search.clients())
        .orElse(report.planned().planned().isPresent());
  }

  private static void due(TimeSeries series, ArrayNode column) {
    for (Bucket bucket : series.buckets()) {
      JsonNumbers.add(column, series.perMinute(bucket, bucket.due()));
    }
  }

  private static void clients(RunReport report, TimeSeries series, ObjectNode node) {
    List<GroupStatistics> levels = report.statistics().views().levels();
    OptionalDouble always = RunSettings.of(report).number("llm.load.clients");
    if (levels.isEmpty() && always.isPresent()) {
      ArrayNode line = node.putArray("askedClients");
      series.buckets().forEach(any -> line.add(always.getAsDouble()));
    } else if (!levels.isEmpty() && !series.stages().isEmpty()) {
      ArrayNode line = node.putArray("askedClients");
      for (Bucket bucket : series.buckets()) {
        JsonNumbers.add(line, clients(series.stages().get(bucket.stage())));
      }
    }
  }

  /** Of a stage of a ladder, which is named by its clients. */
  private static OptionalDouble clients(Stage stage) {
    String number = stage.name().replaceFirst(" clients?$", "");
    return number.matches("\\d{1,9}")
        ? OptionalDouble.of(Double.parseDouble(number))
        : OptionalDouble.empty();
  }
}
