package dev.gatlingllm.provider;

import java.util.Locale;

/** A connection that an earlier call had used, closed by the server under a request. */
public final class StaleConnection {

  private StaleConnection() {}

  /** The failure of a call whose connection was closed before it took the request. */
  public static Failure beforeRequest() {
    return new Failure(
        Failure.Kind.STALE, 0, "", "the connection was closed before it took the request");
  }

  /**
   * The failure of the call.
   *
   * @param idleNanos how long the connection had been idle when it took the request
   * @param sinceNanos how long after that it was closed
   */
  public static Failure failure(long idleNanos, long sinceNanos) {
    return new Failure(
        Failure.Kind.STALE,
        0,
        "",
        String.format(
            Locale.ROOT,
            "the connection had been idle for %.3f s and was closed %.3f s after it took the"
                + " request, before a response to it came; if servers close idle connections that"
                + " soon, lower llm.timeout.idle",
            idleNanos / 1e9,
            sinceNanos / 1e9));
  }
}
