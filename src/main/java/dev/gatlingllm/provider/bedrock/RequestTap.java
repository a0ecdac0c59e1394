package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.ConnectionUse;
import dev.gatlingllm.provider.connection.IdleLimit;
import dev.gatlingllm.provider.connection.OpeningTimes;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Notes on one connection which request it takes, and for how long it was idle before. If the
 * server says that it closes idle connections sooner than the client does, this closes it in time.
 * Confined to the connection's event loop.
 */
final class RequestTap extends ChannelDuplexHandler {

  /** Under this key the SDK keeps whether a call has the connection. */
  private static final AttributeKey<Boolean> IN_USE =
      AttributeKey.valueOf("aws.http.nio.netty.async.inUse");

  /**
   * The connection that took a request.
   *
   * @param idleNanos how long it had been idle
   */
  record Taken(Channel channel, ConnectionUse use, long idleNanos) {}

  private final IdleLimit limit;
  private final FastThreadLocal<Taken> taken;
  private boolean fresh = true;
  private long lastNanos;
  private OptionalLong serverLimitNanos = OptionalLong.empty();
  private Optional<Future<?>> closing = Optional.empty();

  /**
   * A tap.
   *
   * @param taken gets the connection of a request, on its event loop, just before the request
   *     writes its body
   */
  RequestTap(IdleLimit limit, FastThreadLocal<Taken> taken) {
    this.limit = limit;
    this.taken = taken;
    this.lastNanos = limit.clock().nanos();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
    if (message instanceof HttpRequest || message instanceof Http2HeadersFrame) {
      takes(context.channel());
    }
    var unused = context.write(message, written);
  }

  /** The connection takes a request now. */
  void takes(Channel channel) {
    closing.ifPresent(timer -> timer.cancel(false));
    taken.set(new Taken(channel, use(channel), limit.clock().nanos() - lastNanos));
    fresh = false;
  }

  private ConnectionUse use(Channel channel) {
    return fresh
        ? OpeningTimes.of(channel)
            .map(
                times ->
                    new ConnectionUse(false, OptionalLong.of(times.tcpNanos()), times.tlsNanos()))
            .orElse(ConnectionUse.UNKNOWN)
        : ConnectionUse.REUSED;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    lastNanos = limit.clock().nanos();
    if (message instanceof HttpResponse response) {
      long nanos = limit.nanos(response.headers().get("keep-alive"));
      serverLimitNanos =
          nanos < limit.most().toNanos() ? OptionalLong.of(nanos) : OptionalLong.empty();
    }
    context.fireChannelRead(message);
    if (message instanceof LastHttpContent && serverLimitNanos.isPresent()) {
      closeIn(context, serverLimitNanos.getAsLong());
    }
  }

  private void closeIn(ChannelHandlerContext context, long nanos) {
    closing.ifPresent(timer -> timer.cancel(false));
    closing =
        Optional.of(
            context
                .executor()
                .schedule(() -> closeUnlessInUse(context), nanos, TimeUnit.NANOSECONDS));
  }

  private static void closeUnlessInUse(ChannelHandlerContext context) {
    if (!Boolean.TRUE.equals(context.channel().attr(IN_USE).get())) {
      var unused = context.close();
    }
  }
}
