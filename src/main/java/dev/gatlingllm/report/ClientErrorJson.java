package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.ClientError;
import java.util.OptionalLong;

/** The client's own error for machines, in milliseconds. */
final class ClientErrorJson {

  private ClientErrorJson() {}

  static void write(String run, ClientError error, ObjectNode node) {
    node.put("run", run);
    node.put("source", error.source().code());
    node.put("load", error.load());
    JsonNumbers.put(node, "durationSeconds", error.durationNanos() / 1e9);
    node.put("calls", error.calls());
    node.put("otherCalls", error.otherCalls());
    node.put("mostCallsAtOnce", error.mostCallsAtOnce());
    JsonNumbers.put(node, "chunksPerSecond", error.chunksPerSecond());
    millis(node, "firstTtftMillis", error.firstTtftNanos());
    write(error.lag(), node.putObject("lag"));
    write(error.ttft(), node.putObject("ttft"));
    write(error.gap(), node.putObject("gap"));
  }

  private static void write(ClientError.Spread spread, ObjectNode node) {
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
