package dev.gatlingllm.simulator;

import dev.gatlingllm.timing.NanoClock;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A model service that is none: it answers Azure OpenAI, OpenAI and Bedrock calls over HTTP/1.1 and
 * HTTP/2 (prior knowledge) on one port, at instants that {@link SimulatorSettings} decide and that
 * it records.
 *
 * <pre>{@code
 * SimulatorSettings settings = SimulatorConfig.of("capacity = 4, faults.cut = 0.1");
 * try (Simulator simulator = Simulator.start(settings, NanoClock.SYSTEM)) {
 *   URI endpoint = simulator.uri();
 * }
 * }</pre>
 *
 * <p>A request is read and its tokens are counted on two threads apart, before it is served; long
 * prompts in great numbers wait there. Safe for use by many threads.
 */
public final class Simulator implements AutoCloseable {

  private static final int READING_THREADS = 2;
  private static final int BACKLOG = 4096;
  private static final int STOP_SECONDS = 5;

  private final Endpoint endpoint;
  private final ExecutorService reading;
  private final EventLoopGroup loops;
  private final ChannelGroup connections =
      new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final Freeze freeze = new Freeze();
  private final Optional<Tls> tls;
  private final Channel server;

  private Simulator(SimulatorSettings settings, NanoClock clock, RequestWatch watch) {
    reading =
        Executors.newFixedThreadPool(READING_THREADS, EventLoops.named("llm-simulator-read-"));
    endpoint = Endpoint.of(settings, clock, reading, watch);
    tls = settings.server().tls() ? Optional.of(Tls.withOwnCertificate()) : Optional.empty();
    loops = EventLoops.group(settings.server().threads());
    ChannelFuture bound = bind(settings.process()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      stopThreads();
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "cannot listen on %s:%d",
              settings.process().bind(),
              settings.process().port()),
          bound.cause());
    }
    server = bound.channel();
  }

  /**
   * Starts a simulator and returns when it listens.
   *
   * @param clock the source of the recorded instants and of the quotas' time; the waiting itself is
   *     done in real time
   * @throws IllegalStateException if the address cannot be bound
   */
  public static Simulator start(SimulatorSettings settings, NanoClock clock) {
    return start(settings, clock, RequestWatch.NONE);
  }

  /** As {@link #start(SimulatorSettings, NanoClock)}, with an observer of requests. */
  static Simulator start(SimulatorSettings settings, NanoClock clock, RequestWatch watch) {
    return new Simulator(settings, clock, watch);
  }

  /** The port it listens on. */
  public int port() {
    return address().getPort();
  }

  /** Where it listens, such as {@code http://127.0.0.1:40123}. */
  public URI uri() {
    String host = address().getAddress().getHostAddress();
    String scheme = tls.isPresent() ? "https://" : "http://";
    return URI.create(scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
  }

  /** The certificate of its TLS, valid for loopback; empty if it speaks none. */
  public Optional<X509Certificate> certificate() {
    return tls.map(Tls::certificate);
  }

  /** Calls that came in complete, whatever became of them. */
  public long started() {
    return endpoint.counters().started();
  }

  /** Calls that were answered with status 200 in full. */
  public long completed() {
    return endpoint.counters().completed();
  }

  /** Calls that came in and have not ended: waiting, served, hung or stalled. */
  public long inFlight() {
    return endpoint.counters().inFlight();
  }

  /** The greatest number of calls that were {@linkplain #inFlight in flight} at the same time. */
  public long mostInFlight() {
    return endpoint.counters().mostInFlight();
  }

  /** Gives the next calls to come in these faults, one each, ahead of those drawn by rate. */
  public void injectNext(Fault... faults) {
    endpoint.faults().force(List.of(faults));
  }

  /**
   * Stands still for this long: nothing is accepted, read or written. Returns when it has begun.
   * Afterwards chunks that have become due go out at once.
   */
  public void freeze(Duration duration) throws InterruptedException {
    freeze.freeze(loops, duration);
  }

  /**
   * A call that has ended, hung or stalled, by its request id. It is there before its last bytes
   * are sent; empty if it is unknown, in flight or among those that were not kept.
   */
  public Optional<SimulatedCall> call(String requestId) {
    return endpoint.log().call(requestId);
  }

  /** The calls that have ended, hung or stalled, in that order; the latest ones if too many. */
  public List<SimulatedCall> calls() {
    return endpoint.log().calls();
  }

  /** Closes all connections and threads. Calls in flight end as {@link Ending#ABANDONED}. */
  @Override
  public void close() {
    freeze.thaw();
    server.close().awaitUninterruptibly();
    connections.close().awaitUninterruptibly();
    stopThreads();
  }

  private ChannelFuture bind(ProcessSettings settings) {
    return new ServerBootstrap()
        .group(loops)
        .channel(EventLoops.serverChannel())
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(new Connections(endpoint, connections, tls.map(Tls::context)))
        .bind(settings.bind(), settings.port());
  }

  private InetSocketAddress address() {
    return (InetSocketAddress) server.localAddress();
  }

  /** Readers first: what they have read they hand to an event loop. */
  private void stopThreads() {
    reading.shutdown();
    try {
      boolean unused = reading.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    loops.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
