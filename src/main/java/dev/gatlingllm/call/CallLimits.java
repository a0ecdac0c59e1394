package dev.gatlingllm.call;

import java.util.OptionalLong;

/**
 * How long a call may take, in nanoseconds.
 *
 * @param connectNanos the connect timeout that the provider was given, for the message
 * @param firstTokenNanos from the start of an attempt to its first chunk, for streamed calls
 * @param stallNanos between two chunks
 * @param totalNanos from the start of the call to its end
 */
public record CallLimits(
    long connectNanos, long firstTokenNanos, long stallNanos, long totalNanos) {

  /** A limit that has passed, or the next one that can. */
  record Deadline(long atNanos, String text) {}

  /** The limit that comes first for a call in this state. */
  Deadline next(long start, OptionalLong attemptStart, OptionalLong lastOutput) {
    Deadline total =
        new Deadline(start + totalNanos, "timeout: not complete in " + seconds(totalNanos));
    if (attemptStart.isEmpty()) {
      return total;
    }
    Deadline phase =
        lastOutput.isPresent()
            ? new Deadline(
                lastOutput.getAsLong() + stallNanos, "timeout: stalled for " + seconds(stallNanos))
            : new Deadline(
                attemptStart.getAsLong() + firstTokenNanos,
                "timeout: no first token in " + seconds(firstTokenNanos));
    return phase.atNanos() - total.atNanos() < 0 ? phase : total;
  }

  String connectText() {
    return "timeout: no connection in " + seconds(connectNanos);
  }

  private static String seconds(long nanos) {
    long millis = nanos / 1_000_000;
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}
