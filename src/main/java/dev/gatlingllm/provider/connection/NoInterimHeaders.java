package dev.gatlingllm.provider.connection;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http2.Http2HeadersFrame;

/**
 * Lets no interim answer (102, 103 …) of an HTTP/2 stream pass: the client above would take it for
 * the answer. Goes right above the frame codec of a connection.
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

  /** One that ends its stream is all the answer there will be, against the rules as it is. */
  private static boolean isInterim(Http2HeadersFrame frame) {
    CharSequence status = frame.headers().status();
    return status != null
        && HttpStatusClass.valueOf(status) == HttpStatusClass.INFORMATIONAL
        && !frame.isEndStream();
  }
}
