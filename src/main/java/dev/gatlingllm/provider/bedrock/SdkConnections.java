package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.connection.ConnectLimit;
import dev.gatlingllm.provider.connection.IdleLimit;
import dev.gatlingllm.provider.connection.NoInterimHeaders;
import dev.gatlingllm.provider.connection.OneAnswerPerRequest;
import dev.gatlingllm.timing.NanoClock;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Makes the connections of the SDK's HTTP client. Those in use can be closed with it, a failed TLS
 * handshake is reported, opening one has one time limit, each request gets its own answer, and a
 * call can know whether it may have waited for one to be opened.
 *
 * <p>Safe for use by many threads.
 */
final class SdkConnections implements ChannelFactory<Channel> {

  /**
   * Where the SDK keeps the outcome of the protocol negotiation. With ALPN it completes this future
   * only if the handshake succeeds; a handshake that fails would leave the call waiting for ever,
   * its place among the connections lost.
   */
  private static final AttributeKey<CompletableFuture<?>> NEGOTIATION =
      AttributeKey.valueOf("aws.http.nio.netty.async.protocolFuture");

  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  private final Set<Channel> opening = ConcurrentHashMap.newKeySet();
  private final ChannelFactory<Channel> sockets;
  private final NanoClock clock;
  private final ConnectLimit limit;
  private final IdleLimit idle;
  private final FastThreadLocal<RequestTap.Taken> taken = new FastThreadLocal<>();
  private volatile boolean closing;
  private volatile OptionalLong lastOpened = OptionalLong.empty();
  private volatile Optional<FailedHandshake> lastFailed = Optional.empty();

  private record FailedHandshake(long nanos, Throwable cause) {}

  SdkConnections(
      ChannelFactory<Channel> sockets, NanoClock clock, ConnectLimit limit, IdleLimit idle) {
    this.sockets = sockets;
    this.clock = clock;
    this.limit = limit;
    this.idle = idle;
  }

  /** The connection that takes a request now; to be asked on its event loop, once. */
  Optional<RequestTap.Taken> taken() {
    RequestTap.Taken now = taken.getIfExists();
    taken.remove();
    return Optional.ofNullable(now);
  }

  @Override
  public Channel newChannel() {
    Channel channel = sockets.newChannel();
    opening.add(channel);
    channel.pipeline().addFirst(new OpeningWatch(limit.hold(channel)));
    ChannelFuture unused =
        channel
            .closeFuture()
            .addListener(
                closed -> {
                  opened(channel);
                  endNegotiation(channel);
                });
    open.add(channel);
    return channel;
  }

  /** Whether a connection became usable since then, or is being opened now. */
  boolean anyOpenedSince(long nanos) {
    // In this order: a connection is noted as the last one before it is no longer opening.
    if (!opening.isEmpty()) {
      return true;
    }
    OptionalLong last = lastOpened;
    return last.isPresent() && last.getAsLong() - nanos >= 0;
  }

  /**
   * Why a TLS handshake failed since then. A call that got a connection just before its handshake
   * failed hears only that it was closed.
   */
  Optional<Throwable> failedHandshakeSince(long nanos) {
    return lastFailed.filter(failed -> failed.nanos() - nanos >= 0).map(FailedHandshake::cause);
  }

  private void shaken(Channel channel, Future<?> handshake) {
    if (!handshake.isSuccess()) {
      lastFailed = Optional.of(new FailedHandshake(clock.nanos(), handshake.cause()));
    }
    opened(channel);
  }

  private void opened(Channel channel) {
    if (opening.contains(channel)) {
      lastOpened = OptionalLong.of(clock.nanos());
      opening.remove(channel);
    }
  }

  /** Waits on a connection until TCP, TLS and the choice of the protocol are done. */
  private final class OpeningWatch extends ChannelInboundHandlerAdapter {

    private final ConnectLimit.Left left;

    OpeningWatch(ConnectLimit.Left left) {
      this.left = left;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      Channel channel = context.channel();
      SslHandler tls = channel.pipeline().get(SslHandler.class);
      CompletableFuture<?> negotiation = channel.attr(NEGOTIATION).get();
      if (negotiation == null) {
        channel.pipeline().addFirst(new TunnelWatch());
      }
      CompletableFuture<?> chosen =
          negotiation == null ? CompletableFuture.completedFuture(null) : negotiation;
      if (!chosen.isDone()) {
        limit(channel, chosen);
      } else if (tls != null) {
        String name = channel.pipeline().context(tls).name();
        channel.pipeline().addAfter(name, null, new HandshakeWatch());
      }
      CompletableFuture<?> unused =
          chosen.whenComplete(
              (protocol, thrown) -> {
                keepAnswersApart(channel.pipeline(), false);
                if (tls == null) {
                  opened(channel);
                } else {
                  var unusedToo = tls.handshakeFuture().addListener(done -> shaken(channel, done));
                }
              });
      context.pipeline().remove(this);
      context.fireChannelActive();
    }

    /** The SDK waits for the choice of a protocol as long as for a place among the connections. */
    private void limit(Channel channel, CompletableFuture<?> chosen) {
      ScheduledFuture<?> timer =
          channel
              .eventLoop()
              .schedule(
                  () -> {
                    if (chosen.completeExceptionally(
                        ConnectLimit.passed("before the protocol was chosen"))) {
                      var unused = channel.close();
                    }
                  },
                  left.millis(),
                  TimeUnit.MILLISECONDS);
      CompletableFuture<?> unused = chosen.whenComplete((done, thrown) -> timer.cancel(false));
    }
  }

  /**
   * Without a protocol to choose, the SDK writes the request while TLS is being set up, and of a
   * handshake that fails it would only hear that the connection was closed.
   */
  private static final class HandshakeWatch extends ChannelInboundHandlerAdapter {

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent handshake) {
        context.pipeline().remove(this);
        if (!handshake.isSuccess()) {
          context.fireExceptionCaught(handshake.cause());
        }
      }
      context.fireUserEventTriggered(event);
    }
  }

  /**
   * Behind a proxy the SDK makes ready for its protocol when the way is open, which shows in the
   * first bytes after that.
   */
  private final class TunnelWatch extends ChannelOutboundHandlerAdapter {

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
      ChannelPipeline pipeline = context.pipeline();
      CompletableFuture<?> chosen = context.channel().attr(NEGOTIATION).get();
      if (chosen != null) {
        SslHandler tls = pipeline.get(SslHandler.class);
        boolean handshake = tls != null && !tls.handshakeFuture().isDone();
        boolean underWay = chosen.isDone() && !handshake;
        pipeline.remove(this);
        CompletableFuture<?> unused =
            chosen.whenComplete((protocol, thrown) -> keepAnswersApart(pipeline, underWay));
      }
      var unused = context.write(message, written);
    }
  }

  /**
   * The protocol is chosen: its codec is there, and no answer has come yet.
   *
   * @param underWay whether the first request has passed the codec
   */
  private void keepAnswersApart(ChannelPipeline pipeline, boolean underWay) {
    ChannelHandlerContext http1 = pipeline.context(HttpClientCodec.class);
    ChannelHandlerContext http2 = pipeline.context(Http2FrameCodec.class);
    if (http1 != null) {
      RequestTap tap = new RequestTap(idle, taken);
      pipeline
          .addAfter(http1.name(), null, tap)
          .addAfter(http1.name(), null, new OneAnswerPerRequest(underWay));
      if (underWay) {
        tap.takes(pipeline.channel());
      }
    }
    if (http2 != null) {
      pipeline
          .addAfter(http2.name(), null, new RequestTap(idle, taken))
          .addAfter(http2.name(), null, NoInterimHeaders.INSTANCE);
    }
  }

  /** From here on it is the client that closes connections. */
  void closing() {
    closing = true;
  }

  boolean areClosing() {
    return closing;
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
