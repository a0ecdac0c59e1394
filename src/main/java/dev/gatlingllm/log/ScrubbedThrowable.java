package dev.gatlingllm.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import dev.gatlingllm.secret.Redaction;
import java.util.Arrays;

/**
 * An exception whose messages have passed the gate.
 *
 * @param quoting whether its messages, and those of its causes, may quote what a model or a session
 *     said: they are left out
 */
record ScrubbedThrowable(IThrowableProxy thrown, boolean quoting) implements IThrowableProxy {

  /** Null for null, as Logback has it for an event without exception and a cause without cause. */
  static IThrowableProxy of(IThrowableProxy thrown, boolean quoting) {
    return thrown == null ? thrown : new ScrubbedThrowable(thrown, quoting);
  }

  private String shown(String message) {
    if (message == null) {
      return message;
    }
    return quoting ? "(message left out)" : Redaction.line(message);
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
    return of(thrown.getCause(), quoting);
  }

  @Override
  public IThrowableProxy[] getSuppressed() {
    return Arrays.stream(thrown.getSuppressed())
        .map(suppressed -> of(suppressed, quoting))
        .toArray(IThrowableProxy[]::new);
  }

  @Override
  public boolean isCyclic() {
    return thrown.isCyclic();
  }
}
