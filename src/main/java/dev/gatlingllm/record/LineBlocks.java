package dev.gatlingllm.record;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A file in blocks of whole lines. Confined to one thread. */
final class LineBlocks {

  static final int BLOCK_BYTES = 1 << 18;

  private final InputStream in;
  private byte[] rest = new byte[0];

  LineBlocks(InputStream in) {
    this.in = in;
  }

  /**
   * The next lines, as they are in the file: many short ones or a single long one. Every line ends
   * in a line feed but perhaps the last of the file. Empty at the end of the file.
   */
  byte[] next() throws IOException {
    byte[] block = Arrays.copyOf(rest, rest.length + BLOCK_BYTES);
    int length = rest.length;
    while (true) {
      int read = in.readNBytes(block, length, block.length - length);
      int end = afterLastLineFeed(block, length, length + read);
      length += read;
      if (length < block.length) {
        return last(block, length);
      }
      if (end > 0) {
        rest = Arrays.copyOfRange(block, end, length);
        return Arrays.copyOf(block, end);
      }
      block = Arrays.copyOf(block, 2 * block.length);
    }
  }

  private byte[] last(byte[] block, int length) {
    rest = new byte[0];
    return Arrays.copyOf(block, length);
  }

  /** 0 if there is none. */
  private static int afterLastLineFeed(byte[] bytes, int from, int to) {
    for (int i = to; i > from; i--) {
      if (bytes[i - 1] == '\n') {
        return i;
      }
    }
    return 0;
  }
}
