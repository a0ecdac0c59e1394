package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.NoProxyRules;
import dev.gatlingllm.provider.Proxy;
import dev.gatlingllm.provider.connection.ConnectLimit;
import dev.gatlingllm.provider.connection.FirstLookups;
import dev.gatlingllm.provider.connection.IdleLimit;
import dev.gatlingllm.provider.connection.NameLookup;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.timing.NanoClock;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.ProtocolNegotiation;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.ProxyConfiguration;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

/**
 * The one HTTP client and event loop group of all regions. Every limit that the SDK would apply
 * unseen is out of the way: only the connect timeout and the number of calls in flight hold, both
 * asked for.
 */
final class Transport implements AutoCloseable {

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

  /**
   * A selector waits in whole milliseconds and copies the set of ready sockets; with thousands of
   * chunks a second that is a good part of what a chunk costs.
   */
  private static final boolean EPOLL = Epoll.isAvailable();

  /**
   * More would only add wake-ups. With fewer, a pool that is closed on one loop waits for a
   * connection on the same one, and the SDK gives that up after ten seconds.
   */
  private static final int FEWEST_LOOPS = 4;

  private final SdkConnections connections;
  private final FirstLookups lookups;
  private final EventLoopGroup eventLoops = group();
  private final SdkAsyncHttpClient httpClient;

  Transport(BedrockSettings settings) {
    this(settings, settings.client().network().idle());
  }

  Transport(BedrockSettings settings, Duration maxIdle) {
    this(settings, maxIdle, Optional.empty());
  }

  Transport(BedrockSettings settings, Duration maxIdle, Optional<X509Certificate> only) {
    this(settings, maxIdle, only, NameLookup.JDK);
  }

  Transport(
      BedrockSettings settings,
      Duration maxIdle,
      Optional<X509Certificate> only,
      NameLookup lookup) {
    ConnectLimit limit = new ConnectLimit(settings.client().connectTimeout(), NanoClock.SYSTEM);
    lookups = new FirstLookups("bedrock", limit, offProxy(settings, lookup));
    connections =
        new SdkConnections(
            EPOLL ? EpollSocketChannel::new : NioSocketChannel::new,
            settings.client().clock(),
            limit,
            new IdleLimit(maxIdle, settings.client().clock()));
    boolean http2 = settings.protocol() == BedrockSettings.Protocol.HTTP2;
    NettyNioAsyncHttpClient.Builder builder =
        NettyNioAsyncHttpClient.builder()
            .eventLoopGroup(SdkEventLoopGroup.create(eventLoops, connections))
            .protocol(http2 ? Protocol.HTTP2 : Protocol.HTTP1_1)
            .protocolNegotiation(
                http2 && !settings.plainText()
                    ? ProtocolNegotiation.ALPN
                    : ProtocolNegotiation.ASSUME_PROTOCOL)
            .http2Configuration(config -> config.healthCheckPingPeriod(PING_PERIOD))
            .maxConcurrency(settings.client().maxConnections())
            .maxPendingConnectionAcquires(Integer.MAX_VALUE)
            .connectionAcquisitionTimeout(NO_ACQUIRE_TIMEOUT)
            .connectionTimeout(settings.client().connectTimeout())
            .tlsNegotiationTimeout(settings.client().connectTimeout())
            .connectionMaxIdleTime(maxIdle)
            .proxyConfiguration(proxyConfiguration(settings))
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .tcpKeepAlive(true);
    only.ifPresent(certificate -> builder.tlsTrustManagersProvider(() -> trusting(certificate)));
    this.httpClient = builder.build();
  }

  private static TrustManager[] trusting(X509Certificate only) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("only", only);
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("one certificate cannot be trusted", e);
    }
  }

  /** All regions' hosts take the way that the settings' own region takes. */
  private static URI address(BedrockSettings settings) {
    return settings
        .endpoint()
        .orElseGet(
            () -> URI.create("https://bedrock-runtime." + settings.region() + ".amazonaws.com"));
  }

  private static Optional<Proxy> proxy(BedrockSettings settings) {
    return settings.client().network().proxies().of(address(settings));
  }

  private static NoProxyRules direct(BedrockSettings settings) {
    return settings.client().network().proxies().exceptions(address(settings).getScheme());
  }

  /** Behind a proxy, names are the proxy's to look up. */
  private static NameLookup offProxy(BedrockSettings settings, NameLookup lookup) {
    if (proxy(settings).isEmpty()) {
      return lookup;
    }
    NoProxyRules direct = direct(settings);
    return host ->
        direct.contains(URI.create("https://" + host)) ? lookup.addresses(host) : List.of();
  }

  private static ProxyConfiguration proxyConfiguration(BedrockSettings settings) {
    // The SDK's own reading knows HTTPS_PROXY only for proxies that speak TLS themselves.
    ProxyConfiguration.Builder way =
        ProxyConfiguration.builder()
            .useSystemPropertyValues(false)
            .useEnvironmentVariableValues(false);
    proxy(settings)
        .ifPresent(
            proxy -> {
              way.scheme("http").host(proxy.host()).port(proxy.port());
              way.nonProxyHosts(direct(settings).hosts());
              proxy.user().ifPresent(way::username);
              proxy.password().map(Secret::reveal).ifPresent(way::password);
            });
    return way.build();
  }

  SdkAsyncHttpClient httpClient() {
    return httpClient;
  }

  SdkConnections connections() {
    return connections;
  }

  /** To be done before a request to a host is handed to the HTTP client. */
  FirstLookups lookups() {
    return lookups;
  }

  /** The event loops, each by itself. */
  List<Executor> eventLoops() {
    List<Executor> all = new ArrayList<>();
    eventLoops.forEach(all::add);
    return all;
  }

  @Override
  public void close() {
    connections.closing();
    httpClient.close();
    lookups.close();
    connections.close(CLOSE_PATIENCE);
    letTasksRun();
    eventLoops
        .shutdownGracefully(QUIET.toMillis(), CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSE_PATIENCE.toMillis());
  }

  @SuppressWarnings("deprecation") // The SDK knows the groups by these classes and no others.
  private static EventLoopGroup group() {
    int threads = Math.max(FEWEST_LOOPS, Runtime.getRuntime().availableProcessors());
    DefaultThreadFactory names = new DefaultThreadFactory("bedrock", true);
    return EPOLL ? new EpollEventLoopGroup(threads, names) : new NioEventLoopGroup(threads, names);
  }

  private void letTasksRun() {
    for (int hop = 0; hop < TASK_HOPS; hop++) {
      for (EventExecutor loop : eventLoops) {
        loop.submit(() -> {}).awaitUninterruptibly(CLOSE_PATIENCE.toMillis());
      }
    }
  }
}
