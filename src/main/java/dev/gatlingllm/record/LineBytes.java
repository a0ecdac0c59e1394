package dev.gatlingllm.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Lines of a file as bytes. Unlike a text reader it tells whether the last one was terminated. */
final class LineBytes {

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 10);
  private int position;
  private int limit;
  private boolean terminated;

  LineBytes(InputStream in) {
    this.in = in;
  }

  /** Moves to the next line; false at the end of the file. */
  boolean next() throws IOException {
    line.reset();
    terminated = false;
    while (!terminated && fill()) {
      int from = position;
      while (position < limit && buffer[position] != '\n') {
        position++;
      }
      line.write(buffer, from, position - from);
      if (position < limit) {
        terminated = true;
        position++;
      }
    }
    return terminated || line.size() > 0;
  }

  /** The line without its line feed. */
  byte[] bytes() {
    return line.toByteArray();
  }

  /** Whether the line ended with a line feed rather than with the file. */
  boolean terminated() {
    return terminated;
  }

  private boolean fill() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, in.read(buffer));
    }
    return limit > 0;
  }
}
