package dev.gatlingllm.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatlingllm.table.JsonSequence;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads JSON of input files. Its complaints never quote the text, which may be a prompt. */
public final class JsonText {

  private static final JsonMapper JSON =
      JsonMapper.builder(JsonSequence.factory())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonText() {}

  /**
   * Reads one object.
   *
   * @throws InputException naming the line and the column that is malformed
   */
  public static JsonNode object(InputLines.Line line) {
    JsonNode node = parse(line);
    if (!node.isObject()) {
      throw line.wrong("line", "a JSON object", kind(node));
    }
    return node;
  }

  private static JsonNode parse(InputLines.Line line) {
    try {
      return JSON.readTree(line.text());
    } catch (JsonProcessingException e) {
      // Neither its message nor the exception is passed on: they quote the line, and so the prompt.
      throw line.wrong(
          "line",
          "a JSON object with each field once",
          e.getLocation() == null
              ? "longer or deeper than can be read"
              : "malformed at column " + e.getLocation().getColumnNr());
    }
  }

  /** The fields of an object in Java's own types. */
  static Map<String, Object> values(JsonNode object) {
    return JSON.convertValue(
        object,
        JSON.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, Object.class));
  }

  /** A value in Java's own types. */
  static Object value(JsonNode node) {
    return JSON.convertValue(node, Object.class);
  }

  /** A number or a flag itself, else what sort of value it is, for messages. */
  static String shown(JsonNode value) {
    return value.isNumber() || value.isBoolean() ? value.asText() : kind(value);
  }

  /** What sort of value it is, for messages. */
  public static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case MISSING -> "absent";
      case STRING -> "a text";
      case ARRAY, BINARY, BOOLEAN, NULL, NUMBER, OBJECT, POJO ->
          value.getNodeType().name().toLowerCase(Locale.ROOT);
    };
  }
}
