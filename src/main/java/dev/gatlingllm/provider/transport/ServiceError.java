package dev.gatlingllm.provider.transport;

import dev.gatlingllm.provider.Failure;
import java.util.Locale;

/**
 * The error object of a service: in the body of an error response or in the middle of a stream.
 *
 * @param code the service's code, else its error type; may be empty
 * @param message what it says; may be empty
 */
public record ServiceError(String code, String message) {

  /** What this error means in the middle of a stream whose response began with {@code status}. */
  public Failure inStream(int status) {
    Failure.Kind kind = asksToSlowDown() ? Failure.Kind.THROTTLED : Failure.Kind.BROKEN;
    boolean silent = code.isEmpty() && message.isEmpty();
    return new Failure(kind, status, code, silent ? "an error without code or message" : message);
  }

  /** What this error means where an answer should be, in a response with {@code status}. */
  public Failure insteadOfAnswer(int status) {
    Failure failure = inStream(status);
    return failure.kind() == Failure.Kind.THROTTLED
        ? failure
        : new Failure(Failure.Kind.REJECTED, status, failure.code(), failure.message());
  }

  private boolean asksToSlowDown() {
    String letters = code.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return letters.equals("429")
        || letters.startsWith("ratelimit")
        || letters.startsWith("toomanyrequests")
        || letters.startsWith("throttl");
  }
}
