package dev.gatlingllm.call;

/** Runs something later, without a waiting thread. */
@FunctionalInterface
public interface Timer {

  /**
   * Runs {@code task} after a delay, on a thread of the timer.
   *
   * @param delayNanos how long to wait; 0 or less runs it as soon as possible
   * @return takes the task back
   */
  Pending schedule(long delayNanos, Runnable task);

  /** A task that has not run yet. */
  @FunctionalInterface
  interface Pending {
    /** Takes the task back; no effect once it runs. */
    void cancel();
  }
}
