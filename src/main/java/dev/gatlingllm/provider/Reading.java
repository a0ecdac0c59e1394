package dev.gatlingllm.provider;

/**
 * Switch for reading answers in this JVM. Once memory has run out every byte that comes is dropped:
 * what is left of the heap belongs to the end of the run. Safe for use by many threads; allocates
 * nothing.
 */
public final class Reading {

  private static volatile boolean stopped;

  private Reading() {}

  /** Drops the bytes of every answer from now on, for good. */
  public static void stop() {
    stopped = true;
  }

  /** Whether bytes are dropped. */
  public static boolean isStopped() {
    return stopped;
  }
}
