package dev.gatlingllm.bench;

import java.util.Arrays;

/** Instants of one call as they come. Confined to one thread at a time. */
final class StampList {

  private final long startNanos;
  private long[] nanos;
  private int count;

  StampList(long startNanos, int expected) {
    this.startNanos = startNanos;
    this.nanos = new long[expected];
  }

  void add(long instant) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count + 1);
    }
    nanos[count++] = instant;
  }

  CallStamps of(String id) {
    return new CallStamps(id.replace("-", ""), startNanos, Arrays.copyOf(nanos, count));
  }
}
