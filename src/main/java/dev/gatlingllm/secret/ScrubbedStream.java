package dev.gatlingllm.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * Passes text on without secrets, line by line. Flushing passes a line on that is not complete, all
 * but what may be the beginning of a secret. Safe for use by many threads.
 */
public final class ScrubbedStream extends OutputStream {

  private static final int LONGEST_LINE_BYTES = 1 << 20;

  private interface Filter {
    byte[] clean(byte[] bytes, int length);
  }

  private final OutputStream out;
  private final Filter filter;
  private byte[] line = new byte[1 << 13];
  private int length;

  private ScrubbedStream(OutputStream out, Filter filter) {
    this.out = out;
    this.filter = filter;
  }

  /** For a file in UTF-8: without secrets. */
  public static OutputStream of(OutputStream file) {
    return new ScrubbedStream(file, Redaction::bytes);
  }

  /** For a console: without secrets, and without prompts unless content is recorded. */
  public static PrintStream console(PrintStream console) {
    Charset charset = charsetOfConsole();
    return new PrintStream(
        new ScrubbedStream(console, (bytes, length) -> cleanLine(bytes, length, charset)),
        true,
        charset);
  }

  /** The charset of the JVM's own standard streams; JDK 19 and 17 name the property differently. */
  public static Charset charsetOfConsole() {
    String name =
        System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", ""));
    return !name.isEmpty() && Charset.isSupported(name)
        ? Charset.forName(name)
        : Charset.defaultCharset();
  }

  private static byte[] cleanLine(byte[] bytes, int length, Charset charset) {
    byte[] clean =
        charset.equals(UTF_8) ? Redaction.bytes(bytes, length) : Arrays.copyOf(bytes, length);
    String text = new String(clean, charset);
    String shown = Redaction.line(text);
    return shown.equals(text) ? clean : shown.getBytes(charset);
  }

  @Override
  public synchronized void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.max(length + count, 2 * line.length));
    }
    System.arraycopy(bytes, offset, line, length, count);
    length += count;
    int complete = length;
    while (complete > length - count && line[complete - 1] != '\n') {
      complete--;
    }
    if (complete > length - count) {
      pass(complete);
    } else if (length > LONGEST_LINE_BYTES) {
      passAllButBeginnings();
    }
  }

  private void pass(int count) throws IOException {
    if (count > 0) {
      byte[] clean = filter.clean(line, count);
      out.write(clean, 0, clean == line ? count : clean.length);
      System.arraycopy(line, count, line, 0, length - count);
      length -= count;
    }
  }

  private void passAllButBeginnings() throws IOException {
    pass(KnownSecrets.ofProcess().beginningAtEnd(new String(line, 0, length, ISO_8859_1), 1));
  }

  @Override
  public synchronized void flush() throws IOException {
    passAllButBeginnings();
    out.flush();
  }

  @Override
  public synchronized void close() throws IOException {
    pass(length);
    out.close();
  }
}
