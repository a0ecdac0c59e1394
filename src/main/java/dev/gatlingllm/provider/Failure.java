package dev.gatlingllm.provider;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Why an attempt failed.
 *
 * @param kind what sort of failure
 * @param status the HTTP status, 0 if no response came
 * @param code the provider's error code or the type of the exception, such as {@code
 *     ThrottlingException}; empty if there is none
 * @param message what the provider said, free of secrets; may hold request ids and numbers, so it
 *     is for the record only and never the name of a metric
 */
public record Failure(Kind kind, int status, String code, String message) {

  /** The sorts of failure that a provider can tell apart. */
  public enum Kind {
    /** The service asked to slow down: HTTP 429 or the provider's throttling error. */
    THROTTLED,
    /** The service answered with another error before any output. */
    REJECTED,
    /** No connection: refused, unknown host, TLS failure. */
    UNREACHABLE,
    /** The connection was not established within the connect timeout. */
    CONNECT_TIMEOUT,
    /**
     * The server closed a connection that an earlier call had used, before the first byte of a
     * response: the client chose a connection that the server had given up.
     */
    STALE,
    /** The stream was cut, or carried an error, after the response had begun. */
    BROKEN,
    /** The response could not be decoded, or ended without its terminator. */
    MALFORMED,
    /**
     * The client ran out of something; the code says of what: {@code file descriptors}, {@code
     * local ports}, {@code threads} or {@code memory}.
     */
    EXHAUSTED,
    /** Our own code or the SDK failed. */
    CRASHED
  }

  /** Of these the exception comes from code that had a text of the call in its hands. */
  private static final Set<Kind> MAY_QUOTE_THE_CALL = EnumSet.of(Kind.MALFORMED, Kind.CRASHED);

  /** Rejects null components and a negative status. */
  public Failure {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
    if (status < 0) {
      throw new IllegalArgumentException("status must be >= 0, was " + status);
    }
  }

  /**
   * A failure without an HTTP status, described by the exception that caused it: by its class, and
   * by its message if it is one of the network or {@linkplain OwnWords ours}. That of a reader or
   * of a user's code may quote what it read.
   *
   * @param kind what it is, unless the exception says that the client is {@link Kind#EXHAUSTED}
   */
  public static Failure of(Kind kind, Throwable cause) {
    String message = cause.getMessage() == null ? "" : cause.getMessage();
    return Exhaustion.of(cause)
        .map(resource -> new Failure(Kind.EXHAUSTED, 0, resource, message))
        .orElseGet(
            () ->
                new Failure(
                    kind,
                    0,
                    cause.getClass().getSimpleName(),
                    MAY_QUOTE_THE_CALL.contains(kind) ? OwnWords.of(cause).orElse("") : message));
  }

  /** This failure with its texts changed, for instance to hide secrets. */
  public Failure with(UnaryOperator<String> change) {
    return new Failure(kind, status, change.apply(code), change.apply(message));
  }

  /** The failure of a client that ran out of something; empty if the exception does not say so. */
  public static Optional<Failure> ofExhaustion(Throwable cause) {
    Failure failure = of(Kind.CRASHED, cause);
    return failure.kind() == Kind.EXHAUSTED ? Optional.of(failure) : Optional.empty();
  }
}
