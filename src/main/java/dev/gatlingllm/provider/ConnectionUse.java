package dev.gatlingllm.provider;

import java.util.OptionalLong;

/**
 * The connection that a request was sent on.
 *
 * @param reused whether an earlier request used it, or it was opened before the load
 * @param tcpNanos how long the look-up of the name and the TCP connection took; absent if the
 *     connection was not opened for this request
 * @param tlsNanos how long the TLS handshake took; absent if there was none for this request
 */
public record ConnectionUse(boolean reused, OptionalLong tcpNanos, OptionalLong tlsNanos) {

  /** Nothing is known of it. */
  public static final ConnectionUse UNKNOWN =
      new ConnectionUse(false, OptionalLong.empty(), OptionalLong.empty());

  /** A connection that was open already. */
  public static final ConnectionUse REUSED =
      new ConnectionUse(true, OptionalLong.empty(), OptionalLong.empty());
}
