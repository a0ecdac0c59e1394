package dev.gatlingllm.run;

import java.util.concurrent.TimeUnit;

/**
 * Watchdog thread: runs a check every half second and survives every error, above all {@link
 * OutOfMemoryError}, to which executors lose their threads. Each check allocates a megabyte, and so
 * finds that the heap is used up whichever thread met the error first. A reserve is held until that
 * moment for what must then be done.
 */
final class Watchdog implements AutoCloseable {

  private static final long PERIOD_MILLIS = 500;
  private static final int PROBE_BYTES = 1 << 20;
  private static final long RESERVE_SHARE = 20;
  private static final long MOST_RESERVE_BYTES = 16 << 20;

  private final Runnable look;
  private final Runnable onOutOfMemory;
  private final Thread thread = new Thread(this::work, "llm-watchdog");

  @SuppressWarnings("unused") // Held only to be released.
  private volatile byte[] reserve;

  @SuppressWarnings("unused") // Allocated only as a test.
  private volatile byte[] probe;

  private volatile boolean closed;

  /**
   * A thread that is yet to start, and the reserve.
   *
   * @param look runs at every check
   * @param onOutOfMemory runs when the heap is used up, perhaps more than once
   */
  Watchdog(Runnable look, Runnable onOutOfMemory) {
    this.look = look;
    this.onOutOfMemory = onOutOfMemory;
    this.reserve =
        new byte
            [(int) Math.min(MOST_RESERVE_BYTES, Runtime.getRuntime().maxMemory() / RESERVE_SHARE)];
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void work() {
    while (!closed) {
      try {
        TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
        probe = new byte[PROBE_BYTES];
        probe = null;
        look.run();
      } catch (InterruptedException e) {
        return;
      } catch (OutOfMemoryError e) {
        outOfMemory();
      } catch (Throwable ignored) {
        // the next check may succeed; whatever is wrong with a call ends that call elsewhere
      }
    }
  }

  private void outOfMemory() {
    try {
      release();
      onOutOfMemory.run();
    } catch (Throwable ignored) {
      // tried again at the next check
    }
  }

  /** Releases the reserve. */
  void release() {
    probe = null;
    reserve = null;
  }

  /** Stops the thread. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
