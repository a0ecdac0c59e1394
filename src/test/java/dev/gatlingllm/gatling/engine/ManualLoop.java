package dev.gatlingllm.gatling.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The event loop of the thread that made it: it turns only when that thread says so, and its timers
 * go by a clock that stands still. Other threads may hand tasks over. It has no channels.
 */
final class ManualLoop extends AbstractScheduledEventExecutor implements EventLoop {

  private final Thread owner = Thread.currentThread();
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final ManualClock clock;

  ManualLoop(ManualClock clock) {
    this.clock = clock;
  }

  /** Runs what is due. */
  void turn() {
    for (Runnable task = due(); task != null; task = due()) {
      task.run();
    }
  }

  private Runnable due() {
    Runnable task = tasks.poll();
    return task == null ? pollScheduledTask(clock.nanos()) : task;
  }

  /** How long until the next timer; empty if there is none. */
  OptionalLong untilNext() {
    long wait = nextScheduledTaskNano();
    return wait < 0 ? OptionalLong.empty() : OptionalLong.of(wait);
  }

  /** Runs the next task that another thread hands over, and says whether one came. */
  boolean awaitTask() {
    try {
      Runnable task = tasks.poll(30, TimeUnit.SECONDS);
      if (task != null) {
        task.run();
      }
      return task != null;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Ticker ticker() {
    return clock;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public boolean inEventLoop(Thread thread) {
    return thread == owner;
  }

  @Override
  public EventLoopGroup parent() {
    return this;
  }

  @Override
  public EventLoop next() {
    return this;
  }

  @Override
  public ChannelFuture register(Channel channel) {
    throw new UnsupportedOperationException("this loop has no channels");
  }

  @Override
  public ChannelFuture register(ChannelPromise promise) {
    throw new UnsupportedOperationException("this loop has no channels");
  }

  @Override
  @Deprecated
  public ChannelFuture register(Channel channel, ChannelPromise promise) {
    throw new UnsupportedOperationException("this loop has no channels");
  }

  @Override
  public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
    throw new UnsupportedOperationException("this loop has no thread to end");
  }

  @Override
  public Future<?> terminationFuture() {
    throw new UnsupportedOperationException("this loop has no thread to end");
  }

  @Override
  @Deprecated
  public void shutdown() {
    throw new UnsupportedOperationException("this loop has no thread to end");
  }

  @Override
  public boolean isShuttingDown() {
    return false;
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }
}
