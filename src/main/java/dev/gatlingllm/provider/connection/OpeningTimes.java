package dev.gatlingllm.provider.connection;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long it took to open a connection.
 *
 * @param tcpNanos the look-up of the name, the TCP connection and, behind a proxy, its CONNECT
 * @param tlsNanos the TLS handshake; absent if there was none
 */
public record OpeningTimes(long tcpNanos, OptionalLong tlsNanos) {

  private static final AttributeKey<OpeningTimes> KEY =
      AttributeKey.valueOf(OpeningTimes.class, "times");

  /** The times of a channel that {@link ConnectLimit#hold} holds; empty while it is not open. */
  public static Optional<OpeningTimes> of(Channel channel) {
    return Optional.ofNullable(channel.attr(KEY).get());
  }

  /** TCP is there now; TLS, if there is to be any, begins. */
  static void note(Channel channel, Opening opening, Optional<SslHandler> tls) {
    long tcpNanos = opening.passedNanos();
    channel.attr(KEY).set(new OpeningTimes(tcpNanos, OptionalLong.empty()));
    tls.ifPresent(
        handler -> {
          var unused =
              handler
                  .handshakeFuture()
                  .addListener(
                      done -> {
                        long tlsNanos = opening.passedNanos() - tcpNanos;
                        channel
                            .attr(KEY)
                            .set(new OpeningTimes(tcpNanos, OptionalLong.of(tlsNanos)));
                      });
        });
  }
}
