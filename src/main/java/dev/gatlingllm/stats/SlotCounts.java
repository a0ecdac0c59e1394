package dev.gatlingllm.stats;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Counts of calls of several kinds by when they started, in memory that has a bound: when the slots
 * of time run out, two become one. Confined to one thread.
 */
final class SlotCounts {

  private static final int SLOTS = 1024;

  /** Nanoseconds to the unit of {@link #unit}: 65 µs, and 39 hours in a whole number. */
  private static final int UNIT_BITS = 16;

  private final int kinds;
  private int[] counts;
  private int slots;
  private int shift;

  SlotCounts(int kinds) {
    this.kinds = kinds;
    this.counts = new int[16 * kinds];
  }

  /** An instant since the start of the run, coarse enough for a whole number. */
  static int unit(long nanos) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(0, nanos) >> UNIT_BITS);
  }

  /** The instant of a {@link #unit}, nanoseconds since the start of the run. */
  static long nanos(int unit) {
    return (long) unit << UNIT_BITS;
  }

  /** Counts one call of a kind that started at this {@link #unit}. */
  void add(int unit, int kind) {
    int slot = slot(unit); // which may replace the array
    counts[slot * kinds + kind]++;
  }

  void addAll(SlotCounts other) {
    while (shift < other.shift) {
      halve();
    }
    for (int slot = 0; slot < other.slots; slot++) {
      int mine = slot((int) Math.min(Integer.MAX_VALUE, (long) slot << other.shift));
      for (int kind = 0; kind < kinds; kind++) {
        counts[mine * kinds + kind] += other.counts[slot * kinds + kind];
      }
    }
  }

  private int slot(int unit) {
    while (unit >> shift >= SLOTS) {
      halve();
    }
    int slot = unit >> shift;
    if (slot >= slots) {
      slots = slot + 1;
      if (slots * kinds > counts.length) {
        counts = Arrays.copyOf(counts, Math.min(SLOTS, 2 * slots) * kinds);
      }
    }
    return slot;
  }

  private void halve() {
    shift++;
    int[] halved = new int[counts.length];
    for (int i = 0; i < slots * kinds; i++) {
      halved[i / kinds / 2 * kinds + i % kinds] += counts[i];
    }
    counts = halved;
    slots = (slots + 1) / 2;
  }

  long total(int kind) {
    long total = 0;
    for (int slot = 0; slot < slots; slot++) {
      total += counts[slot * kinds + kind];
    }
    return total;
  }

  /** How many independent calls the share of one kind among the calls of another is worth. */
  double worth(int kind, int of) {
    long all = total(of);
    if (all == 0) {
      return 0;
    }
    double share = (double) total(kind) / all;
    return Math.max(1, Dependence.worth(share * (1 - share), all, blocks(kind, of)));
  }

  /**
   * By slot, how many more calls are of one kind than its share of the calls of another. Slots
   * without such a call are left out: nothing that calls have to do with each other is seen across
   * a slot of zeros.
   */
  double[] blocks(int kind, int of) {
    double share = (double) total(kind) / total(of);
    return IntStream.range(0, slots)
        .filter(slot -> counts[slot * kinds + of] > 0)
        .mapToDouble(slot -> counts[slot * kinds + kind] - share * counts[slot * kinds + of])
        .toArray();
  }
}
