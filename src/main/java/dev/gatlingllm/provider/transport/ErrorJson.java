package dev.gatlingllm.provider.transport;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an error: {@code {"error": {"code", "message", "type"}}}, {@code {"error": "text"}}, or the
 * same fields at the top level, as gateways and some servers write them.
 */
public final class ErrorJson {

  private final JsonParser parser;
  private String code = "";
  private String type = "";
  private String message = "";

  public ErrorJson(JsonParser parser) {
    this.parser = parser;
  }

  /** Consumes the value of the field {@code error}; false if it is null. */
  public boolean readNested(JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      message = parser.getText();
      return true;
    }
    Object tree = JsonTree.read(parser);
    if (tree instanceof Map<?, ?> || tree instanceof List<?>) {
      ServiceError error =
          ErrorShapes.of(Map.of("error", tree)).orElseGet(() -> new ServiceError("", ""));
      code = error.code();
      type = "";
      message = error.message();
      return true;
    }
    return false;
  }

  /** Consumes the value of a field that may belong to an error. */
  public void readField(String name, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return;
    }
    switch (name) {
      case "code", "statusCode" -> code = scalar(value, code);
      case "type" -> type = scalar(value, type);
      case "message", "detail" -> message = words(name);
      default -> parser.skipChildren();
    }
  }

  private String scalar(JsonToken value, String otherwise) throws IOException {
    if (value.isScalarValue()) {
      return parser.getText();
    }
    parser.skipChildren();
    return otherwise;
  }

  private String words(String name) throws IOException {
    Object tree = JsonTree.read(parser);
    return tree == null
        ? message
        : ErrorShapes.of(Map.of(name, tree)).map(ServiceError::message).orElse(message);
  }

  /** Whether nothing was read that says what the error is. */
  public boolean isSilent() {
    return code.isEmpty() && type.isEmpty() && message.isEmpty();
  }

  /**
   * What was read.
   *
   * @param certain whether the object said of itself that it is an error; otherwise only one with a
   *     message counts
   */
  public Optional<ServiceError> get(boolean certain) {
    if (!certain && message.isEmpty()) {
      return Optional.empty();
    }
    ServiceError error = ServiceError.of(code, type, message);
    return !certain && error.saysAllIsWell() ? Optional.empty() : Optional.of(error);
  }
}
