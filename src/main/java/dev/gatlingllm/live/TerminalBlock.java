package dev.gatlingllm.live;

import dev.gatlingllm.secret.ScrubbedStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * A few lines at the end of a terminal that are rewritten in place. Whatever else is printed goes
 * above them: all streams to the terminal have to be {@link #over} this. Safe for use by many
 * threads.
 */
final class TerminalBlock {

  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream terminal;
  private List<String> drawn = List.of();
  private boolean lineIsOpen;

  /** Of a terminal that nobody else prints on directly. */
  TerminalBlock(PrintStream terminal) {
    this.terminal = terminal;
  }

  /** A stream to the same terminal that prints above the block. */
  PrintStream over(PrintStream stream) {
    return new PrintStream(new Above(stream), true, ScrubbedStream.charsetOfConsole());
  }

  /** Puts these lines in the place of those before; not in the midst of a line of another's. */
  synchronized void show(List<String> lines) {
    if (!lineIsOpen) {
      erase();
      lines.forEach(terminal::println);
      terminal.flush();
      drawn = List.copyOf(lines);
    }
  }

  /** Leaves the lines where they are: what comes goes below. */
  synchronized void leave() {
    drawn = List.of();
  }

  private void erase() {
    if (!drawn.isEmpty()) {
      terminal.print("\u001b[" + drawn.size() + "A");
      terminal.print(CLEAR_BELOW);
      drawn = List.of();
    }
  }

  private final class Above extends OutputStream {

    private final PrintStream stream;

    Above(PrintStream stream) {
      this.stream = stream;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      if (count == 0) {
        return;
      }
      synchronized (TerminalBlock.this) {
        erase();
        terminal.flush();
        stream.write(bytes, offset, count);
        lineIsOpen = bytes[offset + count - 1] != '\n';
      }
    }

    @Override
    public void flush() {
      stream.flush();
    }
  }
}
