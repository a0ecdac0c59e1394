package dev.gatlingllm.provider.transport;

import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.TokenUsage;
import io.netty.resolver.AddressResolverGroup;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;

/**
 * A pool of connections that can be filled before the first request. The pool tells connections
 * apart by everything that a client was configured with, which only a request through the whole SDK
 * knows: so one such request is made, and when it asks for a connection, that many are opened and
 * put into the pool, and the request is refused. Nothing of it is sent.
 */
public final class OpeningConnections implements ConnectionProvider {

  private record Wanted(int connections, CompletableFuture<Integer> opened) {}

  private final ConnectionProvider pool;
  private final AtomicReference<Wanted> wanted = new AtomicReference<>();

  OpeningConnections(ConnectionProvider pool) {
    this.pool = pool;
  }

  /**
   * Opens connections.
   *
   * @param connections how many
   * @param request makes a request that is not sent, and tells the listener what became of it
   * @return how many were opened; fails if one could not be, or if the request got nowhere
   */
  public CompletableFuture<Integer> open(int connections, Consumer<CallListener> request) {
    Wanted now = new Wanted(connections, new CompletableFuture<>());
    wanted.set(now);
    request.accept(new Refusal(now));
    return now.opened();
  }

  @Override
  public Mono<? extends Connection> acquire(
      TransportConfig config,
      ConnectionObserver observer,
      Supplier<? extends SocketAddress> remote,
      AddressResolverGroup<?> resolver) {
    Wanted now = wanted.get() == null ? null : wanted.getAndSet(null);
    if (now == null) {
      return pool.acquire(config, observer, remote, resolver);
    }
    Mono<? extends Connection> one =
        pool.acquire(config, ConnectionObserver.emptyListener(), remote, resolver);
    List<Connection> held = new ArrayList<>();
    Flux.range(0, now.connections())
        .<Connection>flatMap(i -> one, now.connections())
        .subscribe(
            held::add,
            failure -> {
              held.forEach(OpeningConnections::release);
              now.opened().completeExceptionally(failure);
            },
            () -> {
              held.forEach(OpeningConnections::release);
              now.opened().complete(held.size());
            });
    return Mono.error(new CancellationException("only connections were wanted"));
  }

  /** Hears that the request was refused, or that it failed before it asked for a connection. */
  private final class Refusal implements CallListener {

    private final Wanted mine;

    Refusal(Wanted mine) {
      this.mine = mine;
    }

    @Override
    public void failed(long nanos, Failure failure) {
      if (wanted.compareAndSet(mine, null)) {
        mine.opened()
            .completeExceptionally(
                new IllegalStateException(failure.code() + ": " + failure.message()));
      }
    }

    @Override
    public void head(long nanos, ResponseHead head) {}

    @Override
    public void output(long nanos, OutputKind kind, String text) {}

    @Override
    public void usage(TokenUsage usage) {}

    @Override
    public void finish(String reason) {}

    @Override
    public void completed(long nanos) {}
  }

  /**
   * Puts a connection into the pool, as the end of a response on a connection that is kept alive
   * would.
   */
  private static void release(Connection connection) {
    BodyTap.openedAhead(connection.channel());
    if (connection instanceof ChannelOperations<?, ?> operations
        && operations.listener() instanceof Connection pooled) {
      connection.rebind(pooled);
      operations.listener().onStateChange(connection, ConnectionObserver.State.DISCONNECTING);
    } else {
      connection.dispose();
    }
  }

  @Override
  public void disposeWhen(SocketAddress address) {
    pool.disposeWhen(address);
  }

  @Override
  public void dispose() {
    pool.dispose();
  }

  @Override
  public Mono<Void> disposeLater() {
    return pool.disposeLater();
  }

  @Override
  public int maxConnections() {
    return pool.maxConnections();
  }

  @Override
  public Map<SocketAddress, Integer> maxConnectionsPerHost() {
    return pool.maxConnectionsPerHost();
  }

  @Override
  public String name() {
    return pool.name();
  }
}
