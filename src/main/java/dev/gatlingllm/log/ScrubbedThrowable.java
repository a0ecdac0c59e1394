package dev.gatlingllm.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import dev.gatlingllm.secret.Redaction;
import java.util.Arrays;

/** An exception whose messages have passed the gate. */
record ScrubbedThrowable(IThrowableProxy thrown) implements IThrowableProxy {

  /** Null for null, as Logback has it for an event without exception and a cause without cause. */
  static IThrowableProxy of(IThrowableProxy thrown) {
    return thrown == null ? thrown : new ScrubbedThrowable(thrown);
  }

  private static String shown(String message) {
    return message == null ? message : Redaction.line(message);
  }

  @Override
  public String getMessage() {
    return shown(thrown.getMessage());
  }

  @Override
  public String getOverridingMessage() {
    return shown(thrown.getOverridingMessage());
  }

  @Override
  public String getClassName() {
    return thrown.getClassName();
  }

  @Override
  public StackTraceElementProxy[] getStackTraceElementProxyArray() {
    return thrown.getStackTraceElementProxyArray();
  }

  @Override
  public int getCommonFrames() {
    return thrown.getCommonFrames();
  }

  @Override
  public IThrowableProxy getCause() {
    return of(thrown.getCause());
  }

  @Override
  public IThrowableProxy[] getSuppressed() {
    return Arrays.stream(thrown.getSuppressed())
        .map(ScrubbedThrowable::of)
        .toArray(IThrowableProxy[]::new);
  }

  @Override
  public boolean isCyclic() {
    return thrown.isCyclic();
  }
}
