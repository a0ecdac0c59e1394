package dev.gatlingllm.provider.chat;

import dev.gatlingllm.provider.OutputKind;
import java.util.EnumMap;
import java.util.Map;

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

  private final Map<OutputKind, Amounts> amounts = new EnumMap<>(OutputKind.class);

  /** Output came as a piece. */
  void told(OutputKind kind, long amount) {
    of(kind).told += amount;
  }

  /** Whether output at this level did not come before; it counts as told from now on. */
  boolean isNew(Level level, OutputKind kind, long amount) {
    Amounts known = of(kind);
    long sum = known.repeated.getOrDefault(level, 0L) + amount;
    boolean isNew = amount > 0 && sum - known.told >= amount;
    if (isNew) {
      known.told += amount;
    }
    known.repeated.put(level, Math.min(sum, known.told));
    return isNew;
  }

  private Amounts of(OutputKind kind) {
    return amounts.computeIfAbsent(kind, unknown -> new Amounts());
  }

  private static final class Amounts {
    private final Map<Level, Long> repeated = new EnumMap<>(Level.class);
    private long told;
  }
}
