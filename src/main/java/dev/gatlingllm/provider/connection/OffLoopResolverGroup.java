package dev.gatlingllm.provider.connection;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Looks names up on threads of its own, within the limit of opening a connection. The addresses it
 * finds carry what is left of that limit to {@link ConnectLimit#hold}.
 */
public final class OffLoopResolverGroup extends AddressResolverGroup<InetSocketAddress> {

  private final LookupThreads threads;
  private final ConnectLimit limit;
  private final NameLookup lookup;

  /**
   * Starts the threads.
   *
   * @param name begins their names
   */
  public OffLoopResolverGroup(String name, ConnectLimit limit, NameLookup lookup) {
    this.threads = new LookupThreads(name);
    this.limit = limit;
    this.lookup = lookup;
  }

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    return new OffLoopResolver(executor);
  }

  @Override
  public void close() {
    threads.close();
    super.close();
  }

  private final class OffLoopResolver extends AbstractAddressResolver<InetSocketAddress> {

    OffLoopResolver(EventExecutor executor) {
      super(executor, InetSocketAddress.class);
    }

    @Override
    protected boolean doIsResolved(InetSocketAddress address) {
      return !address.isUnresolved();
    }

    @Override
    protected void doResolve(InetSocketAddress address, Promise<InetSocketAddress> promise) {
      Promise<List<InetSocketAddress>> all = executor().newPromise();
      all.addListener(
          (Future<List<InetSocketAddress>> found) -> {
            if (found.isSuccess()) {
              promise.trySuccess(found.getNow().get(0));
            } else {
              promise.tryFailure(found.cause());
            }
          });
      doResolveAll(address, all);
    }

    @Override
    protected void doResolveAll(
        InetSocketAddress address, Promise<List<InetSocketAddress>> promise) {
      Opening opening = limit.begin();
      if (NetUtil.createByteArrayFromIpAddressString(address.getHostString()) != null) {
        // An address is its own name: nothing is looked up.
        settle(NameLookup.JDK, address, opening, promise);
        return;
      }
      Future<?> timer =
          executor()
              .schedule(
                  () -> promise.tryFailure(ConnectLimit.passed("while its name was looked up")),
                  opening.leftMillis(),
                  TimeUnit.MILLISECONDS);
      promise.addListener(done -> timer.cancel(false));
      try {
        threads.execute(() -> settle(lookup, address, opening, promise));
      } catch (RejectedExecutionException e) {
        promise.tryFailure(e);
      }
    }

    private static void settle(
        NameLookup lookup,
        InetSocketAddress address,
        Opening opening,
        Promise<List<InetSocketAddress>> promise) {
      if (promise.isDone()) {
        return;
      }
      try {
        promise.trySuccess(
            lookup.addresses(address.getHostString()).stream()
                .map(found -> limited(found, address.getPort(), opening))
                .toList());
      } catch (UnknownHostException | RuntimeException e) {
        promise.tryFailure(e);
      } catch (Error e) {
        // The reactive transport would throw a bare Error where nothing catches it, and the
        // call would hang.
        promise.tryFailure(new IllegalStateException("the name could not be looked up", e));
      }
    }

    private static InetSocketAddress limited(InetAddress address, int port, Opening opening) {
      return new LimitedAddress(address, port, opening);
    }
  }
}
