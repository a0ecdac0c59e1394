package dev.gatlingllm.run;

import java.util.concurrent.TimeUnit;

/**
 * A thread that looks around every half second and that no error ends, {@link OutOfMemoryError}
 * least of all: executors lose their threads to it. A look tries to take a megabyte, so it finds
 * out when the heap is used up, whoever met the error first. Memory for what must then be done is
 * kept back until that moment.
 */
final class Watchdog implements AutoCloseable {

  private static final long PERIOD_MILLIS = 500;
  private static final int PROBE_BYTES = 1 << 20;
  private static final long RESERVE_SHARE = 20;
  private static final long MOST_RESERVE_BYTES = 16 << 20;

  private final Runnable look;
  private final Runnable onOutOfMemory;
  private final Thread thread = new Thread(this::work, "llm-watchdog");

  @SuppressWarnings("unused") // It is there to be let go.
  private volatile byte[] reserve;

  @SuppressWarnings("unused") // It is there to be made.
  private volatile byte[] probe;

  private volatile boolean closed;

  /**
   * Begins to look around.
   *
   * @param look is run at every look
   * @param onOutOfMemory is run when the heap is used up, perhaps more than once
   */
  Watchdog(Runnable look, Runnable onOutOfMemory) {
    this.look = look;
    this.onOutOfMemory = onOutOfMemory;
    this.reserve =
        new byte
            [(int) Math.min(MOST_RESERVE_BYTES, Runtime.getRuntime().maxMemory() / RESERVE_SHARE)];
    thread.setDaemon(true);
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
        // the next look may go well; whatever is wrong with a call ends that call elsewhere
      }
    }
  }

  private void outOfMemory() {
    try {
      release();
      onOutOfMemory.run();
    } catch (Throwable ignored) {
      // again at the next look
    }
  }

  /** Lets go of the memory that was kept back. */
  void release() {
    probe = null;
    reserve = null;
  }

  /** Looks no more. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
