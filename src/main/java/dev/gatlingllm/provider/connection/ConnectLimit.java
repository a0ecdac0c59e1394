package dev.gatlingllm.provider.connection;

import dev.gatlingllm.timing.NanoClock;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;

/**
 * The one time limit of opening a connection: looking the name up, TCP, a proxy's CONNECT, TLS and
 * the choice of the protocol together. Waiting for a free place among the connections is no part of
 * it. Safe for use by many threads.
 */
public final class ConnectLimit {

  private static final String HANDLER = "gatling-llm.connect-limit";

  private final Duration limit;
  private final NanoClock clock;

  /**
   * A limit.
   *
   * @param limit from 1 ms to {@link Integer#MAX_VALUE} ms
   * @param clock measures what is left
   */
  public ConnectLimit(Duration limit, NanoClock clock) {
    this.limit = limit;
    this.clock = clock;
  }

  /** How long all of it may take. */
  public Duration duration() {
    return limit;
  }

  /** Starts the limit for a connection that is about to be opened. */
  Opening begin() {
    long now = clock.nanos();
    return new Opening(now, now + limit.toNanos(), clock);
  }

  /**
   * Holds a channel to the limit, from now on. To be called when the channel is initialised, before
   * it is connected; if it speaks TLS behind a proxy, when its handlers are in place.
   *
   * @return how much of the limit is left
   */
  public Left hold(Channel channel) {
    OpeningHandler handler = new OpeningHandler(begin());
    ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
    if (tls == null) {
      channel.pipeline().addFirst(HANDLER, handler);
    } else {
      // Behind a proxy's handler: so that this one hears when the way to the service is open.
      channel.pipeline().addBefore(tls.name(), HANDLER, handler);
    }
    return handler;
  }

  /** How much of the limit a channel has left. */
  public interface Left {

    /** In milliseconds, at least 1. */
    int millis();
  }

  /** The exception for a limit that has passed, of the type that Netty itself throws. */
  public static ConnectTimeoutException passed(String step) {
    return new ConnectTimeoutException("the connect limit passed " + step);
  }
}
