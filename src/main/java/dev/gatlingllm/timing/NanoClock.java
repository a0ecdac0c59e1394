package dev.gatlingllm.timing;

/**
 * The one source of time of a run: monotonic nanoseconds with an arbitrary origin. Differences are
 * meaningful, absolute values are not.
 *
 * <p>Implementations are safe for use by many threads. Tests pass a clock that they move by hand.
 */
@FunctionalInterface
public interface NanoClock {

  /** The clock of the JVM, the only place in the project that reads it. */
  NanoClock SYSTEM = System::nanoTime;

  /** Returns the current instant in nanoseconds since this clock's origin. */
  long nanos();
}
