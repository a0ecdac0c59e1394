package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.health.HealthSeries;
import dev.gatlingllm.health.HealthSlice;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The client's health in the page's data: one array per line of a chart. */
final class HealthJson {

  private HealthJson() {}

  static void write(HealthSeries series, ObjectNode node) {
    JsonNumbers.put(node, "widthSeconds", series.widthSeconds());
    column("startSeconds", slice -> OptionalDouble.of(slice.startSeconds()), series, node);
    column("loopDelay", HealthSlice::loopDelayMillis, series, node);
    column("processCpu", HealthSlice::processCpuPercent, series, node);
    column("machineCpu", HealthSlice::machineCpuPercent, series, node);
    column("pause", HealthSlice::pauseMillis, series, node);
    column("scheduleDelay", HealthSlice::scheduleDelayMillis, series, node);
    column("backlog", HealthSlice::backlogMillis, series, node);
    column("inFlight", HealthSlice::inFlight, series, node);
    column("heap", HealthSlice::heapMebibytes, series, node);
  }

  private static void column(
      String name,
      Function<HealthSlice, OptionalDouble> value,
      HealthSeries series,
      ObjectNode node) {
    ArrayNode column = node.putArray(name);
    series.slices().forEach(slice -> JsonNumbers.add(column, value.apply(slice)));
  }
}
