package dev.gatlingllm.provider.chat;

import dev.gatlingllm.provider.OutputKind;

/**
 * Tells output of a Responses stream that is new from output that repeats what came before: the
 * pieces of a text come again as the whole text, then within its part, its item and the response.
 * Servers leave any of these out, and the numbers of items with them, so that only amounts are
 * compared: those that were told, and those that a level of events has repeated so far.
 */
final class RepeatedOutput {

  /** Events that repeat the output of those before them, in the order in which they come. */
  enum Level {
    TEXT,
    PART,
    ITEM,
    RESPONSE
  }

  private static final int KINDS = OutputKind.values().length;

  private final long[] told = new long[KINDS];
  private final long[][] repeated = new long[Level.values().length][KINDS];

  /** Output came as a piece. */
  void told(OutputKind kind, long amount) {
    told[kind.ordinal()] += amount;
  }

  /** Whether output at this level did not come before; it counts as told from now on. */
  boolean isNew(Level level, OutputKind kind, long amount) {
    int index = kind.ordinal();
    long[] sums = repeated[level.ordinal()];
    sums[index] += amount;
    boolean isNew = amount > 0 && sums[index] - told[index] >= amount;
    if (isNew) {
      told[index] += amount;
    }
    sums[index] = Math.min(sums[index], told[index]);
    return isNew;
  }
}
