package dev.gatlingllm.provider.transport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatlingllm.provider.Failure;
import java.io.IOException;
import java.util.Optional;

/** What the body of a response that is not 200 says about the failure. */
final class ErrorBody {

  static final int LIMIT_BYTES = 64 * 1024;

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int TOO_MANY_REQUESTS = 429;

  private ErrorBody() {}

  /**
   * The failure.
   *
   * @param status the HTTP status
   * @param bytes the body, as far as it was read
   */
  static Failure read(int status, byte[] bytes, int length) {
    ServiceError error = error(bytes, length);
    Failure.Kind kind =
        status == TOO_MANY_REQUESTS ? Failure.Kind.THROTTLED : Failure.Kind.REJECTED;
    return new Failure(kind, status, error.code(), error.message());
  }

  // A body without an error object is not quoted: a gateway's page may repeat the request.
  private static ServiceError error(byte[] bytes, int length) {
    ServiceError unknown =
        new ServiceError("", "no error object in a body of " + length + " bytes");
    try {
      return object(bytes, length).orElse(unknown);
    } catch (IOException ignored) {
      // Gateways answer with HTML or nothing: the status is all there is to know.
      return unknown;
    }
  }

  private static Optional<ServiceError> object(byte[] bytes, int length) throws IOException {
    try (JsonParser parser = FACTORY.createParser(bytes, 0, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      boolean isError = false;
      ErrorJson error = new ErrorJson(parser);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "error" -> isError |= error.readNested(value);
          case "object" -> isError |= "error".equals(parser.getValueAsString());
          default -> error.readField(name, value);
        }
      }
      return parser.nextToken() == null ? error.get(isError) : Optional.empty();
    }
  }
}
