package dev.gatlingllm.provider.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.ssl.SslHandler;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * Gives each step of opening one channel what the steps before it have left of the limit. Goes away
 * when the last step begins. Confined to the channel's event loop.
 */
final class OpeningHandler extends ChannelDuplexHandler implements ConnectLimit.Left {

  private Opening opening;

  OpeningHandler(Opening opening) {
    this.opening = opening;
  }

  @Override
  public int millis() {
    return opening.leftMillis();
  }

  @Override
  public void connect(
      ChannelHandlerContext context,
      SocketAddress remote,
      SocketAddress local,
      ChannelPromise promise) {
    if (remote instanceof LimitedAddress address) {
      // The look-up, and other addresses of the same name, have used their part of the limit.
      opening = address.opening();
    }
    if (opening.isOver()) {
      promise.tryFailure(ConnectLimit.passed("before TCP"));
      return;
    }
    context.channel().config().setConnectTimeoutMillis(millis());
    // Runs before channelActive, which starts the proxy's own timer.
    ChannelPromise connected = promise.unvoid();
    connected.addListener(done -> limitProxy(context));
    var unused = context.connect(remote, local, connected);
  }

  private void limitProxy(ChannelHandlerContext context) {
    ProxyHandler proxy = context.pipeline().get(ProxyHandler.class);
    if (proxy != null) {
      proxy.setConnectTimeoutMillis(millis());
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    SslHandler tls = context.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.setHandshakeTimeoutMillis(millis());
    }
    OpeningTimes.note(context.channel(), opening, Optional.ofNullable(tls));
    context.pipeline().remove(this);
    context.fireChannelActive();
  }
}
