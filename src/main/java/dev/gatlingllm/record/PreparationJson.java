package dev.gatlingllm.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The sections {@code warmUp}, {@code clientError} and {@code network} of a {@code run.json}. All
 * times are nanoseconds.
 *
 * <ul>
 *   <li>{@code warmUp}: {@code calls}, {@code durationNanos}, {@code stable}, {@code connections},
 *       {@code target} with {@code calls}, {@code failed}, {@code inputTokens}, {@code
 *       outputTokens}; see {@link WarmUpResult}
 *   <li>{@code clientError}: {@code source} ({@code run} or {@code rehearsal}), {@code load},
 *       {@code durationNanos}, {@code calls}, {@code otherCalls}, {@code mostCallsAtOnce}, {@code
 *       chunks}, {@code firstTtftNanos}, and {@code lag}, {@code ttft}, {@code gap}, each with
 *       {@code n}, {@code p50Nanos}, {@code p99Nanos}, {@code maxNanos}; see {@link ClientError}
 *   <li>{@code network}: {@code host}, {@code failed}, {@code lookupNanos}, {@code tcpNanos} and
 *       {@code tlsNanos} of each connection; see {@link NetworkLatency}
 * </ul>
 */
final class PreparationJson {

  private PreparationJson() {}

  static void write(WarmUpResult warmUp, ObjectNode node) {
    node.put("calls", warmUp.calls());
    node.put("durationNanos", warmUp.durationNanos());
    node.put("stable", warmUp.stable());
    node.put("connections", warmUp.connections());
    ObjectNode target = node.putObject("target");
    target.put("calls", warmUp.target().calls());
    target.put("failed", warmUp.target().failed());
    target.put("inputTokens", warmUp.target().inputTokens());
    target.put("outputTokens", warmUp.target().outputTokens());
  }

  static WarmUpResult warmUp(JsonNode node) {
    JsonNode target = object(node, "target");
    return new WarmUpResult(
        number(node, "calls"),
        number(node, "durationNanos"),
        field(node, "stable").asBoolean(),
        Math.toIntExact(number(node, "connections")),
        new WarmUpResult.TargetCalls(
            number(target, "calls"),
            number(target, "failed"),
            number(target, "inputTokens"),
            number(target, "outputTokens")));
  }

  static void write(NetworkLatency network, ObjectNode node) {
    node.put("host", network.host());
    node.put("failed", network.failed());
    node.put("lookupNanos", network.lookupNanos());
    network.tcpNanos().forEach(node.putArray("tcpNanos")::add);
    network.tlsNanos().forEach(node.putArray("tlsNanos")::add);
  }

  static NetworkLatency network(JsonNode node) {
    return new NetworkLatency(
        field(node, "host").asText(),
        Math.toIntExact(number(node, "failed")),
        number(node, "lookupNanos"),
        numbers(node, "tcpNanos"),
        numbers(node, "tlsNanos"));
  }

  private static List<Long> numbers(JsonNode node, String name) {
    List<Long> numbers = new ArrayList<>();
    for (JsonNode item : field(node, name)) {
      if (!item.isIntegralNumber()) {
        throw new RecordFormatException("field " + name + " must be an array of whole numbers");
      }
      numbers.add(item.asLong());
    }
    return numbers;
  }

  static void write(ClientError error, ObjectNode node) {
    node.put("source", error.source().code());
    node.put("load", error.load());
    node.put("durationNanos", error.durationNanos());
    node.put("calls", error.calls());
    node.put("otherCalls", error.otherCalls());
    node.put("mostCallsAtOnce", error.mostCallsAtOnce());
    node.put("chunks", error.chunks());
    put(node, "firstTtftNanos", error.firstTtftNanos());
    write(error.lag(), node.putObject("lag"));
    write(error.ttft(), node.putObject("ttft"));
    write(error.gap(), node.putObject("gap"));
  }

  private static void write(ClientError.Spread spread, ObjectNode node) {
    node.put("n", spread.n());
    put(node, "p50Nanos", spread.p50Nanos());
    put(node, "p99Nanos", spread.p99Nanos());
    put(node, "maxNanos", spread.maxNanos());
  }

  private static void put(ObjectNode node, String name, OptionalLong value) {
    if (value.isPresent()) {
      node.put(name, value.getAsLong());
    }
  }

  static ClientError clientError(JsonNode node) {
    return new ClientError(
        ClientError.Source.ofCode(field(node, "source").asText()),
        field(node, "load").asText(),
        number(node, "durationNanos"),
        number(node, "calls"),
        number(node, "otherCalls"),
        number(node, "mostCallsAtOnce"),
        number(node, "chunks"),
        optional(node, "firstTtftNanos"),
        spread(object(node, "lag")),
        spread(object(node, "ttft")),
        spread(object(node, "gap")));
  }

  private static ClientError.Spread spread(JsonNode node) {
    return new ClientError.Spread(
        number(node, "n"),
        optional(node, "p50Nanos"),
        optional(node, "p99Nanos"),
        optional(node, "maxNanos"));
  }

  private static OptionalLong optional(JsonNode node, String name) {
    return node.has(name) ? OptionalLong.of(number(node, name)) : OptionalLong.empty();
  }

  private static long number(JsonNode node, String name) {
    JsonNode value = field(node, name);
    if (!value.isIntegralNumber()) {
      throw new RecordFormatException("field " + name + " must be a whole number");
    }
    return value.asLong();
  }

  private static JsonNode object(JsonNode node, String name) {
    JsonNode value = field(node, name);
    if (!value.isObject()) {
      throw new RecordFormatException("field " + name + " must be an object");
    }
    return value;
  }

  private static JsonNode field(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new RecordFormatException("has no field " + name);
    }
    return value;
  }
}
