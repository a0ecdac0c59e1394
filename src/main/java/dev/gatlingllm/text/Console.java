package dev.gatlingllm.text;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A stream for people to read: what is printed on it is visible, and what {@code println} prints is
 * one line, so that no error of a service looks like a line of ours. As thread-safe as the stream
 * it prints on.
 */
public final class Console extends PrintStream {

  private final PrintStream to;

  private Console(PrintStream to) {
    super(to, false, StandardCharsets.UTF_8);
    this.to = to;
  }

  /** The standard output of this moment. */
  public static PrintStream out() {
    return of(System.out);
  }

  /** The standard error of this moment. */
  public static PrintStream err() {
    return of(System.err);
  }

  /** Prints on a stream, which stays the caller's to close. */
  public static PrintStream of(PrintStream to) {
    return to instanceof Console ? to : new Console(to);
  }

  @Override
  public void print(String text) {
    to.print(PlainText.visible(String.valueOf(text)));
  }

  @Override
  public void println(String text) {
    to.println(PlainText.line(String.valueOf(text)));
  }

  @Override
  public void println(Object value) {
    println(String.valueOf(value));
  }

  @Override
  public void println() {
    to.println();
  }

  @Override
  public boolean checkError() {
    return to.checkError();
  }

  @Override
  public void close() {
    to.flush();
  }
}
