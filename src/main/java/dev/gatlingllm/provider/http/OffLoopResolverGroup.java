package dev.gatlingllm.provider.http;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Resolves names as the JDK does, with its cache and the machine's own rules, but on threads of its
 * own: a slow name server must not stop the event loop that other streams are stamped on.
 */
final class OffLoopResolverGroup extends AddressResolverGroup<InetSocketAddress> {

  private static final int THREADS = 2;

  private final ExecutorService threads;

  OffLoopResolverGroup(String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name + "-resolver");
              thread.setDaemon(true);
              return thread;
            });
    // No call is to wait for the start of a thread.
    int unused = pool.prestartAllCoreThreads();
    threads = pool;
  }

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    return new OffLoopResolver(executor, threads).asAddressResolver();
  }

  @Override
  public void close() {
    threads.shutdown();
    super.close();
  }

  private static final class OffLoopResolver extends InetNameResolver {
    private final ExecutorService threads;

    OffLoopResolver(EventExecutor executor, ExecutorService threads) {
      super(executor);
      this.threads = threads;
    }

    @Override
    protected void doResolve(String host, Promise<InetAddress> promise) {
      if (NetUtil.createByteArrayFromIpAddressString(host) != null) {
        // An address is its own name: nothing is looked up.
        settle(() -> InetAddress.getByName(host), promise);
      } else {
        resolve(() -> InetAddress.getByName(host), promise);
      }
    }

    @Override
    protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
      resolve(() -> List.of(InetAddress.getAllByName(host)), promise);
    }

    private <T> void resolve(Lookup<T> lookup, Promise<T> promise) {
      try {
        threads.execute(() -> settle(lookup, promise));
      } catch (RejectedExecutionException e) {
        promise.setFailure(e);
      }
    }

    private static <T> void settle(Lookup<T> lookup, Promise<T> promise) {
      try {
        promise.setSuccess(lookup.find());
      } catch (UnknownHostException | RuntimeException e) {
        promise.setFailure(e);
      }
    }
  }

  @FunctionalInterface
  private interface Lookup<T> {
    T find() throws UnknownHostException;
  }
}
