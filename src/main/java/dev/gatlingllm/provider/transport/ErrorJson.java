package dev.gatlingllm.provider.transport;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
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
    if (value == JsonToken.START_OBJECT) {
      code = "";
      type = "";
      message = "";
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        readField(name, parser.nextToken());
      }
      return true;
    }
    if (value == JsonToken.VALUE_STRING) {
      message = parser.getText();
      return true;
    }
    parser.skipChildren();
    return false;
  }

  /** Consumes the value of a field that may belong to an error. */
  public void readField(String name, JsonToken value) throws IOException {
    if (!value.isScalarValue() || value == JsonToken.VALUE_NULL) {
      parser.skipChildren();
      return;
    }
    switch (name) {
      case "code", "statusCode" -> code = parser.getText();
      case "type" -> type = parser.getText();
      case "message", "detail" -> message = parser.getText();
      default -> {}
    }
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
    return Optional.of(new ServiceError(code.isEmpty() ? type : code, message));
  }
}
