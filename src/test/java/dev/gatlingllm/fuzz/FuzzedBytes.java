package dev.gatlingllm.fuzz;

import dev.gatlingllm.provider.Cuts;
import dev.gatlingllm.provider.Cuts.Piece;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a fuzzer chose: a byte of flags, eight bytes that say in turn how long a buffer is, and the
 * body of a response. What is missing is 0.
 */
final class FuzzedBytes {

  private static final int SIZES = 8;
  private static final int HEAD = 1 + SIZES;

  private final byte[] input;

  FuzzedBytes(byte[] input) {
    this.input = input.length < HEAD ? Arrays.copyOf(input, HEAD) : input;
  }

  /** An input that stands for this body, in buffers of one to eight bytes. */
  static byte[] input(int flags, byte[] body) {
    byte[] input = new byte[HEAD + body.length];
    input[0] = (byte) flags;
    for (int i = 1; i < HEAD; i++) {
      input[i] = (byte) i;
    }
    System.arraycopy(body, 0, input, HEAD, body.length);
    return input;
  }

  boolean flag(int bit) {
    return (input[0] & 1 << bit) != 0;
  }

  byte[] body() {
    return Arrays.copyOfRange(input, HEAD, input.length);
  }

  /** The body cut as the fuzzer wants it; an empty buffer is followed by one that is not. */
  List<Piece> cut(byte[] body) {
    AtomicInteger turn = new AtomicInteger();
    return Cuts.of(
        body,
        left -> {
          int i = turn.getAndIncrement();
          int size = input[1 + i % SIZES] & 0xff;
          return Math.min(left, i % 2 == 0 ? size : Math.max(1, size));
        },
        kinds -> turn.get() % kinds);
  }
}
