package dev.gatlingllm.provider.connection;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that may wait for a name server: one that is slow must not stop the event loop that other
 * streams are stamped on.
 */
final class LookupThreads implements Executor, AutoCloseable {

  private static final int THREADS = 2;

  private final ThreadPoolExecutor pool;

  LookupThreads(String name) {
    pool =
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
  }

  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
