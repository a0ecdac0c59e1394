package dev.gatlingllm.health;

import dev.gatlingllm.record.HealthSample;

/** What the JVM and the machine tell about themselves. Asked by one thread. */
public interface Machine {

  /**
   * How busy the processors were since the last time.
   *
   * @param spanNanos how long ago that was
   */
  HealthSample.Processor processor(long spanNanos);

  /** The collections since the last time that stopped all threads. */
  HealthSample.Pauses pauses();

  /** Memory in use, bytes. */
  long heapUsedBytes();

  /** File descriptors in use. */
  HealthSample.Descriptors descriptors();
}
