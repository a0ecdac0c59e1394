package dev.gatlingllm.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Marker;

/**
 * Logs in place of a throwable that cannot be read, since its own code throws, one that names its
 * class. Logback would throw out of the log statement, which stands where a failure is dealt with.
 * Safe for use by many threads.
 */
final class UnreadableThrowables extends TurboFilter {

  private UnreadableThrowables() {}

  /** Watches over the loggers of a context; no effect if it does. */
  static void install(LoggerContext context) {
    if (context.getTurboFilterList().stream().noneMatch(UnreadableThrowables.class::isInstance)) {
      UnreadableThrowables filter = new UnreadableThrowables();
      filter.start();
      context.addTurboFilter(filter);
    }
  }

  @Override
  public FilterReply decide(
      Marker marker,
      Logger logger,
      Level level,
      String format,
      Object[] arguments,
      Throwable thrown) {
    Throwable logged = thrown == null ? lastOf(arguments) : thrown;
    // Without one, which is nearly always, this must cost nothing.
    if (logged == null
        || !level.isGreaterOrEqual(logger.getEffectiveLevel())
        || isReadable(logged)) {
      return FilterReply.NEUTRAL;
    }
    Throwable readable =
        new IllegalStateException(logged.getClass().getName() + ", which cannot be read");
    logger.log(
        marker,
        Logger.FQCN,
        Level.toLocationAwareLoggerInteger(level),
        format,
        args(arguments, thrown),
        readable);
    return FilterReply.DENY;
  }

  private static Throwable lastOf(Object[] arguments) {
    return arguments != null
            && arguments.length > 0
            && arguments[arguments.length - 1] instanceof Throwable last
        ? last
        : null;
  }

  private static Object[] args(Object[] arguments, Throwable thrown) {
    return thrown == null ? Arrays.copyOf(arguments, arguments.length - 1) : arguments;
  }

  private static boolean isReadable(Throwable thrown) {
    try {
      read(thrown, new HashSet<>());
      return true;
    } catch (Throwable e) {
      return false;
    }
  }

  @SuppressWarnings({"ReturnValueIgnored", "CheckReturnValue"}) // Whether they return at all.
  private static void read(Throwable thrown, Set<Integer> seen) {
    if (thrown == null || !seen.add(System.identityHashCode(thrown))) {
      return;
    }
    thrown.getMessage();
    thrown.getStackTrace();
    read(thrown.getCause(), seen);
    for (Throwable suppressed : thrown.getSuppressed()) {
      read(suppressed, seen);
    }
  }
}
