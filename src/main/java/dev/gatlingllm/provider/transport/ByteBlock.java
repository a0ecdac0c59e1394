package dev.gatlingllm.provider.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes that grow up to a limit and can be read in place. Room for an unusual length is given back.
 * Confined to one thread.
 */
final class ByteBlock {

  private static final int FIRST_CAPACITY = 512;
  private static final int MOST_KEPT = 64 << 10;
  private static final byte[] NONE = {};

  private final int limit;
  private byte[] bytes = NONE;
  private int length;

  ByteBlock(int limit) {
    this.limit = limit;
  }

  /** Appends what fits below the limit, and says whether that was everything. */
  boolean append(byte[] source, int from, int to) {
    int fitting = room(to - from);
    System.arraycopy(source, from, bytes, length, fitting);
    length += fitting;
    return fitting == to - from;
  }

  /** Appends what fits below the limit, and says whether that was everything. */
  boolean append(ByteBuffer source) {
    int fitting = room(source.remaining());
    source.get(bytes, length, fitting);
    length += fitting;
    return !source.hasRemaining();
  }

  private int room(int wanted) {
    int fitting = Math.min(wanted, limit - length);
    if (length + fitting > bytes.length) {
      int doubled = (int) Math.min(limit, bytes.length * 2L);
      int capacity = Math.max(FIRST_CAPACITY, doubled);
      bytes = Arrays.copyOf(bytes, Math.max(length + fitting, capacity));
    }
    return fitting;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  boolean isEmpty() {
    return length == 0;
  }

  void clear() {
    length = 0;
    if (bytes.length > MOST_KEPT) {
      bytes = NONE;
    }
  }
}
