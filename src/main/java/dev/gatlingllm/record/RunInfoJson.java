package dev.gatlingllm.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The text of a {@code run.json}: indented JSON, {@code schemaVersion} first, instants in ISO 8601
 * UTC, keys of maps in alphabetical order, {@code end} only when the run has one, {@code warmUp},
 * {@code clientError} and {@code network} (see {@link PreparationJson}) only when there is
 * something to tell. Safe for use by many threads.
 */
public final class RunInfoJson {

  private static final ObjectMapper JSON = VisibleJson.mapper();

  private RunInfoJson() {}

  /** Returns the text, ending in a line feed. */
  public static String format(RunInfo run) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schemaVersion", RunInfo.SCHEMA_VERSION);
    root.put("simulation", run.simulation());
    root.put("description", run.description());
    root.put("start", run.start().toString());
    run.end().ifPresent(end -> root.put("end", end.toString()));
    root.put("interrupted", run.interrupted());
    root.put("seed", run.seed());
    root.put("gitRevision", run.gitRevision());
    texts(root.putObject("configuration"), run.configuration());
    texts(root.putObject("versions"), run.versions());
    texts(root.putObject("host"), run.host());
    assertions(root.putArray("assertions"), run.assertions());
    run.warmUp().ifPresent(done -> PreparationJson.write(done, root.putObject("warmUp")));
    run.clientError()
        .ifPresent(error -> PreparationJson.write(error, root.putObject("clientError")));
    run.network().ifPresent(found -> PreparationJson.write(found, root.putObject("network")));
    run.accounting().ifPresent(sums -> AccountingJson.write(sums, root.putObject("accounting")));
    try {
      return JSON.writer(printer()).writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("run.json could not be formatted", e);
    }
  }

  /**
   * Reads the text.
   *
   * @throws RecordFormatException naming the field that is missing or wrong
   */
  public static RunInfo parse(String text) {
    JsonNode root = tree(text);
    FormatChecks.schemaVersion(
        field(root, "schemaVersion", JsonNode::isIntegralNumber, "a whole number").asLong(),
        RunInfo.SCHEMA_VERSION);
    return new RunInfo(
        text(root, "simulation"),
        text(root, "description"),
        instant(root, "start"),
        root.has("end") ? Optional.of(instant(root, "end")) : Optional.empty(),
        field(root, "interrupted", JsonNode::isBoolean, "true or false").asBoolean(),
        field(root, "seed", JsonNode::isIntegralNumber, "a whole number").asLong(),
        texts(root, "configuration"),
        texts(root, "versions"),
        texts(root, "host"),
        text(root, "gitRevision"),
        assertions(root),
        section(root, "warmUp").map(PreparationJson::warmUp),
        section(root, "clientError").map(PreparationJson::clientError),
        section(root, "network").map(PreparationJson::network),
        section(root, "accounting").map(AccountingJson::read));
  }

  private static Optional<JsonNode> section(JsonNode root, String name) {
    return root.has(name)
        ? Optional.of(field(root, name, JsonNode::isObject, "an object"))
        : Optional.empty();
  }

  private static JsonNode tree(String text) {
    try {
      JsonNode root = JSON.readTree(text);
      if (root.isObject()) {
        return root;
      }
      throw new RecordFormatException("is not a JSON object");
    } catch (JsonProcessingException e) {
      throw new RecordFormatException(
          e.getLocation() == null
              ? "is not valid JSON"
              : "is not valid JSON at line " + e.getLocation().getLineNr());
    }
  }

  private static String text(JsonNode node, String name) {
    return field(node, name, JsonNode::isTextual, "a text").asText();
  }

  private static Instant instant(JsonNode node, String name) {
    String text = text(node, name);
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new RecordFormatException(
          "field "
              + name
              + " must be an instant such as 2026-01-31T12:00:00Z, was \""
              + text
              + "\"");
    }
  }

  private static Map<String, String> texts(JsonNode node, String name) {
    Map<String, String> values = new LinkedHashMap<>();
    JsonNode object = field(node, name, JsonNode::isObject, "an object of texts");
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      values.put(entry.getKey(), text(object, entry.getKey()));
    }
    return values;
  }

  private static List<AssertionResult> assertions(JsonNode node) {
    List<AssertionResult> results = new ArrayList<>();
    for (JsonNode item : field(node, "assertions", JsonNode::isArray, "an array of assertions")) {
      results.add(
          new AssertionResult(
              text(item, "text"),
              field(item, "passed", JsonNode::isBoolean, "true or false").asBoolean(),
              text(item, "actual")));
    }
    return results;
  }

  private static JsonNode field(
      JsonNode node, String name, Predicate<JsonNode> valid, String accepted) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new RecordFormatException("has no field " + name);
    }
    if (!valid.test(value)) {
      throw new RecordFormatException("field " + name + " must be " + accepted);
    }
    return value;
  }

  private static void texts(ObjectNode node, Map<String, String> values) {
    new TreeMap<>(values).forEach(node::put);
  }

  private static void assertions(ArrayNode node, List<AssertionResult> results) {
    for (AssertionResult result : results) {
      node.addObject()
          .put("text", result.text())
          .put("passed", result.passed())
          .put("actual", result.actual());
    }
  }

  // The line separator of the machine must not decide what a file looks like.
  private static DefaultPrettyPrinter printer() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
  }
}
