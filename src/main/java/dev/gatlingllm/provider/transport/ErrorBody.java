package dev.gatlingllm.provider.transport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.gatlingllm.provider.Failure;
import java.io.IOException;
import java.util.Optional;

/** The failure that the body of a response describes. */
final class ErrorBody {

  static final int LIMIT_BYTES = 64 * 1024;

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int TOO_MANY_REQUESTS = 429;

  private ErrorBody() {}

  /**
   * The failure of a response that is no success.
   *
   * @param status the HTTP status
   * @param type what the body is, by its headers
   * @param bytes the body, as far as it was read
   */
  static Failure read(int status, BodyType type, byte[] bytes, int length) {
    // A body without an error object is not quoted: a gateway's page may repeat the request.
    Optional<ServiceError> error = error(bytes, length);
    String code = error.map(ServiceError::code).orElse("");
    String message = error.map(ServiceError::message).orElse("");
    if (code.isEmpty() && message.isEmpty()) {
      String found = error.isPresent() ? "neither code nor message" : "no error object";
      message = found + " in a body of " + type.ofBytes(length);
    }
    return new Failure(kind(status), status, code, message);
  }

  /** What a status that is no success means. */
  static Failure.Kind kind(int status) {
    return status == TOO_MANY_REQUESTS ? Failure.Kind.THROTTLED : Failure.Kind.REJECTED;
  }

  /** The error object that a body is; empty if it is none, or no JSON. */
  static Optional<ServiceError> error(byte[] bytes, int length) {
    return tree(bytes, length).or(() -> begun(bytes, length)).flatMap(ErrorShapes::of);
  }

  /** The error object that a piece of an array is; empty if it is none. */
  static Optional<ServiceError> error(byte[] bytes, int offset, int length) {
    return tree(bytes, offset, length).flatMap(ErrorShapes::of);
  }

  /**
   * What came of the JSON value of a body that is longer than the limit: a service that repeats a
   * long request has said before what is wrong with it.
   */
  private static Optional<Object> begun(byte[] bytes, int length) {
    return length < LIMIT_BYTES ? Optional.empty() : JsonTree.begun(bytes, length);
  }

  /** The one JSON value that a body is. */
  static Optional<Object> tree(byte[] bytes, int length) {
    return tree(bytes, 0, length);
  }

  /** The one JSON value that a piece of an array is. */
  static Optional<Object> tree(byte[] bytes, int offset, int length) {
    try (JsonParser parser = FACTORY.createParser(bytes, offset, length)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      Object tree = JsonTree.read(parser);
      return parser.nextToken() == null ? Optional.ofNullable(tree) : Optional.empty();
    } catch (IOException ignored) {
      // Gateways answer with HTML or nothing: the status is all there is to know.
      return Optional.empty();
    }
  }
}
