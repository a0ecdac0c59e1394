package dev.gatlingllm.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The text of a {@code run.json}: indented JSON, {@code schemaVersion} first, then the components
 * of {@link RunInfo} and of the records in it, in their order and by their names; instants in ISO
 * 8601 UTC, keys of maps in alphabetical order, what is absent left out. Safe for use by many
 * threads.
 */
public final class RunInfoJson {

  private RunInfoJson() {}

  /** Returns the text, ending in a line feed. */
  public static String format(RunInfo run) {
    ObjectNode root = BoundJson.MAPPER.createObjectNode();
    root.put("schemaVersion", RunInfo.SCHEMA_VERSION);
    root.setAll(BoundJson.MAPPER.<ObjectNode>valueToTree(run));
    return VisibleJson.indented(root);
  }

  /**
   * Reads the text.
   *
   * @throws RecordFormatException naming the field that is missing or wrong
   */
  public static RunInfo parse(String text) {
    JsonNode root = BoundJson.tree(text);
    FormatChecks.schemaVersion(
        BoundJson.bind(root, Version.class).schemaVersion(), RunInfo.SCHEMA_VERSION);
    return BoundJson.bind(root, RunInfo.class);
  }

  private record Version(long schemaVersion) {}
}
