package dev.gatlingllm.simulator;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The simulator's threads: daemons, with names that tell whose they are.
 *
 * <p>Epoll is used where there is any. A selector waits in whole milliseconds, and Netty spins
 * through the rest: with thousands of chunks a second that costs three times the processor time,
 * which the client under test then lacks.
 */
final class EventLoops {

  private EventLoops() {}

  /** Event loops named {@code llm-simulator-N}. */
  static EventLoopGroup group(int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads,
        named("llm-simulator-"),
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  static Class<? extends ServerChannel> serverChannel() {
    return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  static ThreadFactory named(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new FastThreadLocalThread(task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
