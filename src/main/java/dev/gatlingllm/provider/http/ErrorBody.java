package dev.gatlingllm.provider.http;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.MalformedAnswerException;

/** What the body of a response that is not 200 says about the failure. */
final class ErrorBody {

  static final int LIMIT_BYTES = 64 * 1024;

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
      return ChatJson.read(bytes, 0, length).error().orElse(unknown);
    } catch (MalformedAnswerException ignored) {
      // Gateways answer with HTML or nothing: the status is all there is to know.
      return unknown;
    }
  }
}
