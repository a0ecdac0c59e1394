package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.MeasurementError;
import java.util.OptionalLong;

/** The measurement error for machines, in milliseconds. */
final class MeasurementErrorJson {

  private MeasurementErrorJson() {}

  static void write(String run, MeasurementError error, ObjectNode node) {
    node.put("run", run);
    node.put("source", error.source().code());
    node.put("load", error.load());
    JsonNumbers.put(node, "durationSeconds", error.durationNanos() / 1e9);
    node.put("calls", error.calls());
    node.put("otherCalls", error.otherCalls());
    node.put("mostCallsAtOnce", error.mostCallsAtOnce());
    JsonNumbers.put(node, "chunksPerSecond", error.chunksPerSecond());
    millis(node, "firstTtftMillis", error.firstTtftNanos());
    write(error.scheduleDelay(), node.putObject("scheduleDelay"));
    write(error.ttft(), node.putObject("ttft"));
    write(error.interChunk(), node.putObject("interChunk"));
  }

  private static void write(MeasurementError.Spread spread, ObjectNode node) {
    node.put("n", spread.n());
    millis(node, "p50Millis", spread.p50Nanos());
    millis(node, "p99Millis", spread.p99Nanos());
    millis(node, "maxMillis", spread.maxNanos());
  }

  private static void millis(ObjectNode node, String name, OptionalLong nanos) {
    if (nanos.isPresent()) {
      JsonNumbers.put(node, name, nanos.getAsLong() / 1e6);
    }
  }
}
