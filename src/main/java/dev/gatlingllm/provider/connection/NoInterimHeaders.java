package dev.gatlingllm.provider.connection;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http2.Http2HeadersFrame;

/**
 * Drops interim answers (102, 103 …) of HTTP/2 streams: the client above would take one for the
 * answer. Goes right above the frame codec of a connection.
 */
@Sharable
public final class NoInterimHeaders extends ChannelInboundHandlerAdapter {

  /** Keeps no state: one is enough. */
  public static final NoInterimHeaders INSTANCE = new NoInterimHeaders();

  private NoInterimHeaders() {}

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof Http2HeadersFrame frame) || !isInterim(frame)) {
      context.fireChannelRead(message);
    }
  }

  /** One that ends its stream, which the protocol forbids, is the only answer there will be. */
  private static boolean isInterim(Http2HeadersFrame frame) {
    CharSequence status = frame.headers().status();
    return status != null
        && HttpStatusClass.valueOf(status) == HttpStatusClass.INFORMATIONAL
        && !frame.isEndStream();
  }
}
