package dev.gatlingllm.call;

import dev.gatlingllm.record.BrokenByStall;
import dev.gatlingllm.timing.CallTimeline;
import java.util.OptionalLong;

/**
 * How long a call may take, in nanoseconds, and how much of its answer is kept.
 *
 * @param connectNanos the connect timeout that the provider was given, for the message
 * @param firstTokenNanos from the start of an attempt to its first chunk, for streamed calls
 * @param stallNanos between two chunks
 * @param totalNanos from the start of the call to its end
 * @param answerChars how many characters of the answer are kept, and as many of its reasoning; the
 *     rest is counted
 */
public record CallLimits(
    long connectNanos, long firstTokenNanos, long stallNanos, long totalNanos, int answerChars) {

  /** The default of {@code llm.record.answerChars}. */
  public static final int DEFAULT_ANSWER_CHARS = 1 << 18;

  /** Limits of time only. */
  public CallLimits(long connectNanos, long firstTokenNanos, long stallNanos, long totalNanos) {
    this(connectNanos, firstTokenNanos, stallNanos, totalNanos, DEFAULT_ANSWER_CHARS);
  }

  /** A limit that has passed, or the next one that can. */
  record Deadline(long atNanos, String text) {}

  /**
   * The limit that comes first for a call as it stands.
   *
   * @param attemptStart of the attempt whose chunks have limits; absent between attempts and for a
   *     call that is not streamed
   */
  Deadline next(CallTimeline timeline, OptionalLong attemptStart) {
    Deadline total =
        new Deadline(
            timeline.start().getAsLong() + totalNanos,
            "timeout: not complete in " + seconds(totalNanos));
    if (attemptStart.isEmpty()) {
      return total;
    }
    OptionalLong lastOutput = timeline.lastOutput();
    Deadline phase =
        lastOutput.isPresent()
            ? new Deadline(
                lastOutput.getAsLong() + stallNanos,
                BrokenByStall.ERROR + " for " + seconds(stallNanos))
            : new Deadline(
                attemptStart.getAsLong() + firstTokenNanos,
                "timeout: no first token in " + seconds(firstTokenNanos));
    return phase.atNanos() - total.atNanos() < 0 ? phase : total;
  }

  /** The longest time after which {@link #next} is due again: what happens may bring it forward. */
  long longestWaitNanos() {
    // A stall counts from output that may come before the limit of the first token has passed.
    return stallNanos;
  }

  String connectText() {
    return "timeout: no connection in " + seconds(connectNanos);
  }

  private static String seconds(long nanos) {
    long millis = nanos / 1_000_000;
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}
