package dev.gatlingllm.provider.transport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads JSON of unknown shape: objects as maps, arrays as lists, every scalar as its text. */
final class JsonTree {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonTree() {}

  /**
   * The part of a value that came before it was cut.
   *
   * @return empty if nothing of an object or list came
   */
  static Optional<Object> begun(byte[] bytes, int length) {
    Deque<Object> open = new ArrayDeque<>();
    Object root = null;
    String name = "";
    try (JsonParser parser = FACTORY.createParser(bytes, 0, length)) {
      while (parser.nextToken() != null) {
        switch (parser.currentToken()) {
          case FIELD_NAME -> name = parser.currentName();
          case END_OBJECT, END_ARRAY -> open.pop();
          default -> {
            Object value = started(parser);
            put(open.peek(), name, value);
            root = root == null ? value : root;
            if (parser.currentToken().isStructStart()) {
              open.push(value);
            }
          }
        }
      }
    } catch (IOException ignored) {
      // Here it was cut.
    }
    return Optional.ofNullable(root);
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
  private static void put(Object holder, String name, Object value) {
    if (holder instanceof Map<?, ?> object) {
      ((Map<String, Object>) object).put(name, value);
    } else if (holder instanceof List<?> list) {
      ((List<Object>) list).add(value);
    }
  }

  /** The value that begins with the parser's current token; null for JSON's null. */
  static Object read(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_NULL -> null;
      default -> parser.getText();
    };
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      object.put(name, read(parser));
    }
    return object;
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(read(parser));
    }
    return array;
  }
}
