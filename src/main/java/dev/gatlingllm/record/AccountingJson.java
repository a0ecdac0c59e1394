package dev.gatlingllm.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** The section {@code accounting} of a {@code run.json}; its fields are those of the record. */
final class AccountingJson {

  private AccountingJson() {}

  static void write(Accounting accounting, ObjectNode node) {
    if (accounting.planned().isPresent()) {
      node.put("planned", accounting.planned().getAsLong());
    }
    node.put("sent", accounting.sent());
    node.put("dropped", accounting.dropped());
    node.put("held", accounting.held());
    node.put("neverBuilt", accounting.neverBuilt());
    node.put("notReached", accounting.notReached());
    accounting.ends().forEach(node.putObject("ends")::put);
    node.put("retries", accounting.retries());
    node.put("recordsWritten", accounting.recordsWritten());
    node.put("recordsLost", accounting.recordsLost());
    accounting.problems().forEach(node.putArray("problems")::add);
  }

  static Accounting read(JsonNode node) {
    return new Accounting(
        node.has("planned") ? OptionalLong.of(number(node, "planned")) : OptionalLong.empty(),
        number(node, "sent"),
        number(node, "dropped"),
        number(node, "held"),
        number(node, "neverBuilt"),
        number(node, "notReached"),
        ends(node),
        number(node, "retries"),
        number(node, "recordsWritten"),
        number(node, "recordsLost"),
        problems(node));
  }

  private static SortedMap<String, Long> ends(JsonNode node) {
    SortedMap<String, Long> ends = new TreeMap<>();
    for (Map.Entry<String, JsonNode> end : node.path("ends").properties()) {
      ends.put(end.getKey(), number(node.path("ends"), end.getKey()));
    }
    return ends;
  }

  private static List<String> problems(JsonNode node) {
    List<String> problems = new ArrayList<>();
    node.path("problems").forEach(problem -> problems.add(problem.asText()));
    return problems;
  }

  private static long number(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null || !value.isIntegralNumber()) {
      throw new RecordFormatException("field accounting." + name + " must be a whole number");
    }
    return value.asLong();
  }
}
