package dev.gatlingllm.provider.bedrock;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.ProtocolNegotiation;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

/**
 * The one HTTP client and event loop group of all regions. Every limit that the SDK would apply
 * unseen is out of the way: only the connect timeout and the number of calls in flight hold, both
 * asked for.
 */
final class Transport implements AutoCloseable {

  /** The SDK's own default for a connection on which no call is in flight. */
  static final Duration MAX_IDLE = Duration.ofSeconds(60);

  /** The SDK has no "never" for this one. */
  private static final Duration NO_ACQUIRE_TIMEOUT = Duration.ofDays(1);

  /**
   * The SDK pings each HTTP/2 connection and closes it if one period passes without an answer. Its
   * 5 s are short for a busy machine; with none at all a dead connection would go unnoticed.
   */
  private static final Duration PING_PERIOD = Duration.ofSeconds(30);

  /**
   * The SDK's pools put closed connections away in tasks that they hand from loop to loop, a few
   * times over; a loop that is gone by then fills the log with rejections.
   */
  private static final int TASK_HOPS = 4;

  private static final Duration QUIET = Duration.ofMillis(100);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final Connections connections = new Connections();
  private final EventLoopGroup eventLoops =
      SdkEventLoopGroup.builder()
          .threadFactory(new DefaultThreadFactory("bedrock", true))
          .build()
          .eventLoopGroup();
  private final SdkAsyncHttpClient httpClient;

  Transport(BedrockSettings settings) {
    this(settings, MAX_IDLE);
  }

  Transport(BedrockSettings settings, Duration maxIdle) {
    boolean http2 = settings.protocol() == BedrockSettings.Protocol.HTTP2;
    this.httpClient =
        NettyNioAsyncHttpClient.builder()
            .eventLoopGroup(SdkEventLoopGroup.create(eventLoops, connections))
            .protocol(http2 ? Protocol.HTTP2 : Protocol.HTTP1_1)
            .protocolNegotiation(
                http2 && !settings.plainText()
                    ? ProtocolNegotiation.ALPN
                    : ProtocolNegotiation.ASSUME_PROTOCOL)
            .http2Configuration(config -> config.healthCheckPingPeriod(PING_PERIOD))
            .maxConcurrency(settings.maxConnections())
            .maxPendingConnectionAcquires(Integer.MAX_VALUE)
            .connectionAcquisitionTimeout(NO_ACQUIRE_TIMEOUT)
            .connectionTimeout(settings.connectTimeout())
            .tlsNegotiationTimeout(settings.connectTimeout())
            .connectionMaxIdleTime(maxIdle)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .tcpKeepAlive(true)
            .build();
  }

  SdkAsyncHttpClient httpClient() {
    return httpClient;
  }

  /** The event loops, each by itself. */
  List<Executor> eventLoops() {
    List<Executor> all = new ArrayList<>();
    eventLoops.forEach(all::add);
    return all;
  }

  @Override
  public void close() {
    httpClient.close();
    connections.close(CLOSE_PATIENCE);
    letTasksRun();
    eventLoops
        .shutdownGracefully(QUIET.toMillis(), CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSE_PATIENCE.toMillis());
  }

  private void letTasksRun() {
    for (int hop = 0; hop < TASK_HOPS; hop++) {
      for (EventExecutor loop : eventLoops) {
        loop.submit(() -> {}).awaitUninterruptibly(CLOSE_PATIENCE.toMillis());
      }
    }
  }
}
