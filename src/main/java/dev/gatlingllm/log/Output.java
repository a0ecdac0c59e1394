package dev.gatlingllm.log;

import ch.qos.logback.classic.LoggerContext;
import dev.gatlingllm.secret.ScrubbedStream;
import dev.gatlingllm.secret.SecretSources;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Scrubs the log and the console of this process: neither shows a secret or a prompt. */
public final class Output {

  private static boolean consoleIsScrubbed;

  private Output() {}

  /**
   * Scrubs from now on what is logged and printed, by anybody, and caps the loggers of libraries
   * that print headers and bodies. May be called again, which looks for secrets and appenders that
   * have come since.
   */
  public static synchronized void scrub() {
    SecretSources.addEnvironment();
    if (!consoleIsScrubbed) {
      consoleIsScrubbed = true;
      System.setOut(ScrubbedStream.console(System.out));
      System.setErr(ScrubbedStream.console(System.err));
    }
    scrubLog();
  }

  /** As {@link #scrub}, for a command that leaves the console of its process as it is. */
  public static synchronized void scrubLog() {
    if (hasLogback()) {
      ScrubbedLogback.install(LoggerFactory.getILoggerFactory());
    }
  }

  /**
   * Hands on every exception that a logger logs as an error, on the thread that logs it; no effect
   * without Logback.
   */
  public static void onError(String logger, Consumer<Throwable> onError) {
    if (hasLogback()) {
      LoggedErrors.watch((LoggerContext) LoggerFactory.getILoggerFactory(), logger, onError);
    }
  }

  /** Another logger may have been put in Logback's place; its classes may be there all the same. */
  private static boolean hasLogback() {
    return LoggerFactory.getILoggerFactory()
        .getClass()
        .getName()
        .equals("ch.qos.logback.classic.LoggerContext");
  }
}
