package dev.gatlingllm.provider.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that grow up to a limit and can be read in place. Confined to one thread. */
final class ByteBlock {

  private static final int FIRST_CAPACITY = 512;

  private final int limit;
  private byte[] bytes = {};
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
      int capacity = Math.max(FIRST_CAPACITY, bytes.length * 2);
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
  }
}
