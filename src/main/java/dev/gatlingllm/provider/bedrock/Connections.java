package dev.gatlingllm.provider.bedrock;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;

/**
 * Makes the connections of the SDK's HTTP client, so that the ones in use can be closed with it,
 * and so that a failed TLS handshake is told.
 */
final class Connections implements ChannelFactory<Channel> {

  /**
   * Where the SDK keeps the outcome of the protocol negotiation. With ALPN it completes this future
   * only if the handshake succeeds; a handshake that fails would leave the call waiting for ever,
   * its place among the connections lost.
   */
  private static final AttributeKey<CompletableFuture<?>> NEGOTIATION =
      AttributeKey.valueOf("aws.http.nio.netty.async.protocolFuture");

  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  private final ChannelFactory<Channel> sockets;

  Connections(ChannelFactory<Channel> sockets) {
    this.sockets = sockets;
  }

  @Override
  public Channel newChannel() {
    Channel channel = sockets.newChannel();
    ChannelFuture unused = channel.closeFuture().addListener(closed -> endNegotiation(channel));
    open.add(channel);
    return channel;
  }

  /** Closes the connections, whatever they are used for. */
  void close(Duration patience) {
    open.close().awaitUninterruptibly(patience.toMillis());
  }

  private static void endNegotiation(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    CompletableFuture<?> negotiation = channel.attr(NEGOTIATION).get();
    if (tls != null && negotiation != null && !negotiation.isDone()) {
      negotiation.completeExceptionally(failureOf(tls));
    }
  }

  private static SSLException failureOf(SslHandler tls) {
    Throwable cause = tls.handshakeFuture().cause();
    return cause instanceof SSLException failure
        ? failure
        : new SSLException("the connection was closed during the TLS handshake", cause);
  }
}
