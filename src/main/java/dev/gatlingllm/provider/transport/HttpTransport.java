package dev.gatlingllm.provider.transport;

import dev.gatlingllm.provider.connection.ConnectLimit;
import dev.gatlingllm.provider.connection.NameLookup;
import dev.gatlingllm.provider.connection.OffLoopResolverGroup;
import dev.gatlingllm.timing.NanoClock;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContextBuilder;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;
import reactor.util.context.Context;

/**
 * The connections and event loops of one client: HTTP/1.1, the most recently used connection first,
 * no retry of any kind, and no time limit but that of connecting, since the limits of a call are
 * its caller's.
 */
public final class HttpTransport implements AutoCloseable {

  // Servers and load balancers drop idle connections after about a minute or more, some silently.
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(55);
  private static final Duration LONGEST_SHUTDOWN = Duration.ofSeconds(5);
  private static final int NO_LIMIT = -1;

  private final ConnectionProvider connections;
  private final LoopResources loops;
  private final OffLoopResolverGroup resolver;
  private final OpeningConnections opening;
  private final HttpClient client;

  /**
   * Opens no connection yet.
   *
   * @param name begins the names of the threads
   * @param connectTimeout at least 1 ms, for name, TCP and TLS together
   * @param maxConnections most connections to one host; calls beyond it wait for a free one
   */
  public HttpTransport(String name, Duration connectTimeout, int maxConnections) {
    this(name, connectTimeout, maxConnections, Optional.empty());
  }

  /**
   * As {@link #HttpTransport(String, Duration, int)}, for a host whose certificate nobody vouches
   * for.
   *
   * @param only the one certificate that is trusted, and no other
   */
  public HttpTransport(
      String name, Duration connectTimeout, int maxConnections, Optional<X509Certificate> only) {
    this(name, connectTimeout, maxConnections, only, NameLookup.JDK);
  }

  HttpTransport(
      String name,
      Duration connectTimeout,
      int maxConnections,
      Optional<X509Certificate> only,
      NameLookup lookup) {
    ConnectLimit limit = new ConnectLimit(connectTimeout, NanoClock.SYSTEM);
    connections =
        ConnectionProvider.builder(name)
            .maxConnections(maxConnections)
            .pendingAcquireMaxCount(NO_LIMIT)
            .pendingAcquireTimeout(Duration.ZERO)
            .maxIdleTime(LONGEST_IDLE)
            .lifo()
            .build();
    loops = LoopResources.create(name, Runtime.getRuntime().availableProcessors(), true);
    resolver = new OffLoopResolverGroup(name, limit, lookup);
    opening = new OpeningConnections(connections);
    HttpClient plain =
        HttpClient.create(opening)
            .runOn(loops)
            .resolver(resolver)
            .disableRetry(true)
            .doOnChannelInit(
                (observer, channel, address) -> {
                  BodyTap.install(channel);
                  ConnectLimit.Left unused = limit.hold(channel);
                })
            .doOnRequest(BodyTap::write)
            .doOnResponse(BodyTap::begin)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()));
    client = only.map(certificate -> trusting(plain, certificate)).orElse(plain);
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
