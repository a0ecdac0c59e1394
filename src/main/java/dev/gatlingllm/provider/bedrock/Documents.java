package dev.gatlingllm.provider.bedrock;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;

/** Turns JSON-like Java values into the SDK's documents. */
final class Documents {

  private Documents() {}

  /**
   * The document of a value.
   *
   * @throws IllegalArgumentException if it is not null, String, Boolean, Number, List or Map with
   *     String keys all the way down
   */
  static Document of(Object value) {
    if (value == null) {
      return Document.fromNull();
    }
    if (value instanceof String text) {
      return Document.fromString(text);
    }
    if (value instanceof Boolean flag) {
      return Document.fromBoolean(flag);
    }
    if (value instanceof Number number) {
      return Document.fromNumber(decimal(number));
    }
    if (value instanceof List<?> list) {
      return Document.fromList(list.stream().map(Documents::of).toList());
    }
    if (value instanceof Map<?, ?> map) {
      return fromMap(map);
    }
    throw new IllegalArgumentException(
        "extra body takes String, Number, Boolean, List and Map, had " + value.getClass());
  }

  private static Document fromMap(Map<?, ?> map) {
    Map<String, Document> fields = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (!(key instanceof String name)) {
            throw new IllegalArgumentException("a key of the extra body is no String: " + key);
          }
          fields.put(name, of(value));
        });
    return Document.fromMap(fields);
  }

  /** {@link Number#toString} is the shortest exact decimal of every number of the JDK. */
  private static BigDecimal decimal(Number number) {
    try {
      return new BigDecimal(number.toString());
    } catch (NumberFormatException notFinite) {
      throw new IllegalArgumentException(
          "a number of the extra body must be finite, was " + number, notFinite);
    }
  }
}
