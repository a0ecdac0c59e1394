package dev.gatlingllm.provider.transport;

import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.Proxy;
import dev.gatlingllm.provider.connection.ConnectLimit;
import dev.gatlingllm.provider.connection.IdleLimit;
import dev.gatlingllm.provider.connection.NameLookup;
import dev.gatlingllm.provider.connection.OffLoopResolverGroup;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.timing.NanoClock;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import reactor.netty.Connection;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;
import reactor.netty.transport.ProxyProvider;
import reactor.util.context.Context;

/**
 * The connections and event loops of one client: HTTP/1.1, the most recently used connection first,
 * no retry of any kind, and no time limit but that of connecting, since the limits of a call are
 * its caller's.
 */
public final class HttpTransport implements AutoCloseable {

  private static final Duration LONGEST_SHUTDOWN = Duration.ofSeconds(5);
  private static final int NO_LIMIT = -1;

  /** Gateways add cookies and policies of several kilobytes each. */
  private static final int MOST_HEADER_BYTES = 64 * 1024;

  private final ConnectionProvider connections;
  private final LoopResources loops;
  private final OffLoopResolverGroup resolver;
  private final OpeningConnections opening;
  private final HttpClient client;

  /**
   * Opens no connection yet.
   *
   * @param name begins the names of the threads
   * @param settings its connect timeout is for name, TCP and TLS together; of its connections, the
   *     most to one host: calls beyond it wait for a free one
   * @param address where all requests go: it decides whether a proxy is on the way
   * @param only the one certificate that is trusted, and no other; empty for those of the machine
   * @throws IllegalArgumentException if the proxy's variable or property cannot be used
   */
  public HttpTransport(
      String name, ClientSettings settings, URI address, Optional<X509Certificate> only) {
    this(name, settings, address, only, NameLookup.JDK);
  }

  HttpTransport(
      String name,
      ClientSettings settings,
      URI address,
      Optional<X509Certificate> only,
      NameLookup lookup) {
    Duration connectTimeout = settings.connectTimeout();
    ConnectLimit limit = new ConnectLimit(connectTimeout, NanoClock.SYSTEM);
    IdleLimit idle = new IdleLimit(settings.network().idle(), settings.clock());
    connections =
        ConnectionProvider.builder(name)
            .maxConnections(settings.maxConnections())
            .pendingAcquireMaxCount(NO_LIMIT)
            .pendingAcquireTimeout(Duration.ZERO)
            .evictionPredicate((connection, pooled) -> isUnusable(connection))
            .lifo()
            .build();
    loops = EpollLoops.create(name, Runtime.getRuntime().availableProcessors());
    resolver = new OffLoopResolverGroup(name, limit, lookup);
    opening = new OpeningConnections(connections);
    HttpClient plain =
        HttpClient.create(opening)
            .runOn(loops)
            .resolver(resolver)
            .disableRetry(true)
            .httpResponseDecoder(spec -> spec.maxHeaderSize(MOST_HEADER_BYTES))
            .doOnChannelInit(
                (observer, channel, remote) -> {
                  BodyTap.install(channel, idle);
                  ConnectLimit.Left unused = limit.hold(channel);
                })
            .doOnRequest(BodyTap::write)
            .doOnResponse(BodyTap::begin)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()));
    HttpClient direct = only.map(certificate -> trusting(plain, certificate)).orElse(plain);
    client =
        settings
            .network()
            .proxies()
            .of(address)
            .map(proxy -> through(proxy, direct))
            .orElse(direct);
  }

  /** Names of services are the proxy's to look up: this machine may not know them. */
  private static HttpClient through(Proxy proxy, HttpClient direct) {
    return direct
        .resolver(NoopAddressResolverGroup.INSTANCE)
        .proxy(
            spec -> {
              ProxyProvider.Builder way =
                  spec.type(ProxyProvider.Proxy.HTTP).host(proxy.host()).port(proxy.port());
              proxy
                  .user()
                  .ifPresent(
                      user ->
                          way.username(user)
                              .password(unused -> proxy.password().map(Secret::reveal).orElse("")));
            });
  }

  /** What the pool would ask by itself, and the limit of idleness. */
  private static boolean isUnusable(Connection connection) {
    return !connection.channel().isActive()
        || !connection.isPersistent()
        || BodyTap.isStale(connection.channel());
  }

  private static HttpClient trusting(HttpClient plain, X509Certificate only) {
    GenericSslContextSpec<SslContextBuilder> trusted =
        Http11SslContextSpec.forClient().configure(context -> context.trustManager(only));
    return plain.secure(spec -> spec.sslContext(trusted));
  }

  /** The client that sends. */
  public HttpClient client() {
    return client;
  }

  /**
   * The context that a request must be subscribed with, so that its call is told when a connection
   * takes it, and the body of its response is handed to {@link HttpCall#body} from where it leaves
   * the connection.
   */
  public static Context contextOf(HttpCall call) {
    return BodyTap.contextOf(call);
  }

  /** Opens connections that the next requests will find open. */
  public OpeningConnections opening() {
    return opening;
  }

  /** Runs a task on one of the event loops. */
  public Executor executor() {
    return task -> loops.onClient(LoopResources.DEFAULT_NATIVE).execute(task);
  }

  /** The event loops, each by itself. */
  public List<Executor> eventLoops() {
    List<Executor> all = new ArrayList<>();
    loops.onClient(LoopResources.DEFAULT_NATIVE).forEach(all::add);
    return all;
  }

  /** Closes the connections and ends the threads, without waiting for it. */
  @Override
  public void close() {
    connections.dispose();
    resolver.close();
    loops.disposeLater(Duration.ZERO, LONGEST_SHUTDOWN).subscribe();
  }
}
