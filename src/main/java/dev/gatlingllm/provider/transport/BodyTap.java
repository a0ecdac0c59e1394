package dev.gatlingllm.provider.transport;

import dev.gatlingllm.provider.ConnectionUse;
import dev.gatlingllm.provider.connection.IdleLimit;
import dev.gatlingllm.provider.connection.OneAnswerPerRequest;
import dev.gatlingllm.provider.connection.OpeningTimes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.OptionalLong;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.context.Context;

/**
 * Tells a call when a connection takes its request, takes the pieces of a body where they leave the
 * HTTP codec, and hands them to the call of the response. On the way up through the reactive
 * pipelines of transport and SDK each would be copied and wrapped several times, for a stamp that
 * is later; what the connection needs, the end of the body, goes that way all the same.
 *
 * <p>One per connection. Lives on its event loop.
 */
final class BodyTap extends ChannelInboundHandlerAdapter {

  private static final String NAME = "gatling-llm.body-tap";
  private static final String GUARD = "gatling-llm.one-answer-per-request";

  private final IdleLimit limit;
  private HttpCall call;
  private boolean fresh = true;

  /** Written on the event loop, read by whoever looks for a connection. */
  private volatile long idleSinceNanos;

  private volatile long limitNanos;

  private BodyTap(IdleLimit limit) {
    this.limit = limit;
    this.limitNanos = limit.nanos("");
    this.idleSinceNanos = limit.clock().nanos();
  }

  /** Makes a connection tappable, and keeps its answers apart. */
  static void install(Channel channel, IdleLimit limit) {
    if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
      channel
          .pipeline()
          .addAfter(NettyPipeline.HttpCodec, NAME, new BodyTap(limit))
          .addAfter(NettyPipeline.HttpCodec, GUARD, new OneAnswerPerRequest());
    }
  }

  /** The context by which a response knows its call. */
  static Context contextOf(HttpCall call) {
    return Context.of(HttpCall.class, call);
  }

  /** The connection is open before any request asks for it. */
  static void openedAhead(Channel channel) {
    if (channel.pipeline().get(NAME) instanceof BodyTap tap) {
      tap.fresh = false;
      tap.idles();
    }
  }

  /** Whether a connection in the pool has been idle for too long to be used again. */
  static boolean isStale(Channel channel) {
    return channel.pipeline().get(NAME) instanceof BodyTap tap && tap.idleNanos() >= tap.limitNanos;
  }

  private void idles() {
    idleSinceNanos = limit.clock().nanos();
  }

  private long idleNanos() {
    return limit.clock().nanos() - idleSinceNanos;
  }

  /** A request is about to be written: its call hears of it. */
  static void write(HttpClientRequest request, Connection connection) {
    HttpCall call = request.currentContextView().getOrDefault(HttpCall.class, null);
    if (call != null && connection.channel().pipeline().get(NAME) instanceof BodyTap tap) {
      call.written(use(tap.fresh, connection.channel()), tap.idleNanos());
      tap.fresh = false;
    }
  }

  private static ConnectionUse use(boolean fresh, Channel channel) {
    return fresh
        ? OpeningTimes.of(channel)
            .map(
                times ->
                    new ConnectionUse(false, OptionalLong.of(times.tcpNanos()), times.tlsNanos()))
            .orElse(ConnectionUse.UNKNOWN)
        : ConnectionUse.REUSED;
  }

  /** A response has begun: what follows is for its call. */
  static void begin(HttpClientResponse response, Connection connection) {
    if (connection.channel().pipeline().get(NAME) instanceof BodyTap tap) {
      tap.call = response.currentContextView().getOrDefault(HttpCall.class, null);
      tap.limitNanos = tap.limit.nanos(response.responseHeaders().get("keep-alive"));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof LastHttpContent || !(message instanceof HttpContent content)) {
      if (message instanceof LastHttpContent) {
        call = null;
        idles();
      }
      context.fireChannelRead(message);
    } else if (call == null) {
      context.fireChannelRead(message);
    } else {
      take(content.content());
    }
  }

  private void take(ByteBuf bytes) {
    try {
      call.body(bytes.nioBuffer());
    } finally {
      bytes.release();
    }
  }
}
