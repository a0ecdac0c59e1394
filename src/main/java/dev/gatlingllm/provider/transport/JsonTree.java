package dev.gatlingllm.provider.transport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON of unknown shape: objects as maps, arrays as lists, every scalar as its text. Used for
 * one value.
 */
final class JsonTree {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final Deque<Object> open = new ArrayDeque<>();
  private Object root;

  private JsonTree() {}

  /** The value that begins with the parser's current token; null for JSON's null. */
  static Object read(JsonParser parser) throws IOException {
    JsonTree tree = new JsonTree();
    tree.take(parser);
    return tree.root;
  }

  /**
   * The part of a value that came before it was cut.
   *
   * @return empty if nothing of it came
   */
  static Optional<Object> begun(byte[] bytes, int length) {
    JsonTree tree = new JsonTree();
    try (JsonParser parser = FACTORY.createParser(bytes, 0, length)) {
      if (parser.nextToken() != null) {
        tree.take(parser);
      }
    } catch (IOException ignored) {
      // Here it was cut.
    }
    return Optional.ofNullable(tree.root);
  }

  /** Takes tokens until the value is whole. */
  private void take(JsonParser parser) throws IOException {
    String name = "";
    while (true) {
      switch (parser.currentToken()) {
        case FIELD_NAME -> name = parser.currentName();
        case END_OBJECT, END_ARRAY -> open.pop();
        default -> put(name, started(parser), parser.currentToken().isStructStart());
      }
      if (open.isEmpty()) {
        return;
      }
      parser.nextToken();
    }
  }

  private static Object started(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> new LinkedHashMap<String, Object>();
      case START_ARRAY -> new ArrayList<Object>();
      case VALUE_NULL -> null;
      default -> parser.getText();
    };
  }

  @SuppressWarnings("unchecked") // both are made in started
  private void put(String name, Object value, boolean isStruct) {
    if (open.peek() instanceof Map<?, ?> object) {
      ((Map<String, Object>) object).put(name, value);
    } else if (open.peek() instanceof List<?> list) {
      ((List<Object>) list).add(value);
    } else {
      root = value;
    }
    if (isStruct) {
      open.push(value);
    }
  }
}
