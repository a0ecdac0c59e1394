package dev.gatlingllm.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Small files of one object, with the version of their format before its fields. */
final class VersionedJson {

  private record Version(long schemaVersion) {}

  private VersionedJson() {}

  /** The text of the file, ending in a line feed. */
  static String format(Object value, int version) {
    ObjectNode root = BoundJson.MAPPER.createObjectNode();
    root.put("schemaVersion", version);
    root.setAll(BoundJson.MAPPER.<ObjectNode>valueToTree(value));
    return VisibleJson.indented(root);
  }

  /**
   * Reads the text of a file.
   *
   * @throws RecordFormatException naming the field that is missing or wrong, or the version
   */
  static <T extends Record> T parse(String text, Class<T> type, int version) {
    JsonNode root = BoundJson.tree(text);
    FormatChecks.schemaVersion(BoundJson.bind(root, Version.class).schemaVersion(), version);
    return BoundJson.bind(root, type);
  }
}
