package dev.gatlingllm.stats;

import java.util.OptionalDouble;

/**
 * The connections that started calls were sent on, as far as their records say.
 *
 * @param opened calls that opened one
 * @param reused calls that were sent on one that was open already
 * @param tcpMillis median time of the look-up of the name and the TCP connection; absent if no call
 *     opened one
 * @param tlsMillis median time of the TLS handshake; absent without one
 * @param closedOnReuse calls that failed since the server had closed the connection that they were
 *     sent on
 */
public record ConnectionCounts(
    long opened,
    long reused,
    OptionalDouble tcpMillis,
    OptionalDouble tlsMillis,
    long closedOnReuse) {

  /** The error of a call that met a connection which the server had closed. */
  public static final String CLOSED = "reused connection closed by the server";
}
