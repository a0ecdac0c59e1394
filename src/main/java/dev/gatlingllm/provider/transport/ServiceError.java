package dev.gatlingllm.provider.transport;

import dev.gatlingllm.provider.Failure;
import java.util.Locale;
import java.util.Set;

/**
 * The error object of a service: in the body of an error response or in the middle of a stream.
 *
 * @param code the service's code, else its error type; may be empty
 * @param message what it says; may be empty
 */
public record ServiceError(String code, String message) {

  private static final Set<String> WELL = Set.of("0", "200", "ok", "success");

  /** What this error means in the middle of a stream whose response began with {@code status}. */
  public Failure inStream(int status) {
    Failure.Kind kind = asksToSlowDown(code) ? Failure.Kind.THROTTLED : Failure.Kind.BROKEN;
    return new Failure(
        kind, status, code, isSilent() ? "an error without code or message" : message);
  }

  /** What this error means where an answer should be, in a response with {@code status}. */
  public Failure insteadOfAnswer(int status) {
    Failure failure = inStream(status);
    return failure.kind() == Failure.Kind.THROTTLED
        ? failure
        : new Failure(Failure.Kind.REJECTED, status, failure.code(), failure.message());
  }

  /**
   * An error that has a code and a type, of which services use either for the one that says
   * something: Mistral's code for {@code rate_limited} is a number of its own.
   */
  public static ServiceError of(String code, String type, String message) {
    boolean typeSaysMore = !asksToSlowDown(code) && asksToSlowDown(type);
    return new ServiceError(code.isEmpty() || typeSaysMore ? type : code, message);
  }

  /** Whether the code says that all is well: some services put code and message into each event. */
  boolean saysAllIsWell() {
    return WELL.contains(code.toLowerCase(Locale.ROOT));
  }

  boolean isSilent() {
    return code.isEmpty() && message.isEmpty();
  }

  static boolean asksToSlowDown(String code) {
    String letters = code.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return letters.equals("429")
        || letters.startsWith("ratelimit")
        || letters.startsWith("toomanyrequests")
        || letters.startsWith("throttl")
        || letters.equals("resourceexhausted");
  }
}
