package dev.gatlingllm.provider.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.netty.resources.LoopResources;

/**
 * Event loops on epoll. Reactor Netty would prefer io_uring where the class path and the kernel
 * have it: a project that depends on this one gets its native library with Gatling, and would
 * measure by another transport than {@code reports/benchmarks.md} does.
 */
final class EpollLoops implements LoopResources {

  private final EventLoopGroup group;

  private EpollLoops(String name, int threads) {
    AtomicInteger count = new AtomicInteger();
    ThreadFactory factory = task -> new Loop(task, name + "-epoll-" + count.incrementAndGet());
    group = new MultiThreadIoEventLoopGroup(threads, factory, EpollIoHandler.newFactory());
  }

  /** Event loops on epoll, or where there is none on what Reactor Netty takes. */
  static LoopResources create(String name, int threads) {
    return Epoll.isAvailable()
        ? new EpollLoops(name, threads)
        : LoopResources.create(name, threads, true);
  }

  @Override
  public EventLoopGroup onServer(boolean useNative) {
    return group;
  }

  @Override
  public boolean daemon() {
    return true;
  }

  @Override
  public boolean isDisposed() {
    return group.isShuttingDown();
  }

  @Override
  public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
    return Mono.create(
        sink ->
            group
                .shutdownGracefully(
                    quietPeriod.toMillis(), timeout.toMillis(), TimeUnit.MILLISECONDS)
                .addListener(done -> sink.success()));
  }

  /** A thread in which Reactor refuses to block. */
  private static final class Loop extends FastThreadLocalThread implements NonBlocking {
    Loop(Runnable task, String name) {
      super(task, name);
      setDaemon(true);
    }
  }
}
