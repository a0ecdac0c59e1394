package dev.gatlingllm.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps the loggers of libraries that print headers and bodies at INFO or above, whatever a
 * configuration sets for them or for a logger above them, now and later. Confined to the threads
 * that configure Logback, under the lock of this object.
 */
final class LevelCaps implements LoggerContextListener {

  private static final List<String> LIBRARIES =
      List.of(
          "com.azure",
          "com.microsoft.aad",
          "com.openai",
          "io.gatling.http",
          "io.netty",
          "okhttp3",
          "org.apache.hc",
          "org.apache.http",
          "reactor.netty",
          "software.amazon.awssdk");

  private final LoggerContext context;
  private final Set<Logger> capped = new HashSet<>();
  private boolean atWork;

  private LevelCaps(LoggerContext context) {
    this.context = context;
  }

  /** Caps them from now on; false if that was done before. */
  static boolean install(LoggerContext context) {
    boolean done = context.getCopyOfListenerList().stream().anyMatch(LevelCaps.class::isInstance);
    if (!done) {
      LevelCaps caps = new LevelCaps(context);
      context.addListener(caps);
      caps.cap();
    }
    return !done;
  }

  private synchronized void cap() {
    if (atWork) {
      return;
    }
    atWork = true;
    try {
      // First without our own levels: a configuration may have become quieter.
      capped.forEach(logger -> logger.setLevel(null));
      capped.clear();
      for (Logger logger : context.getLoggerList()) {
        if (isOfLibrary(logger.getName()) && isTalkative(logger.getLevel())) {
          logger.setLevel(Level.INFO);
        }
      }
      for (String library : LIBRARIES) {
        Logger logger = context.getLogger(library);
        if (isTalkative(logger.getEffectiveLevel())) {
          logger.setLevel(Level.INFO);
          capped.add(logger);
        }
      }
    } finally {
      atWork = false;
    }
  }

  private static boolean isOfLibrary(String name) {
    return LIBRARIES.stream()
        .anyMatch(library -> name.equals(library) || name.startsWith(library + "."));
  }

  private static boolean isTalkative(Level level) {
    return level != null && !level.isGreaterOrEqual(Level.INFO);
  }

  @Override
  public boolean isResetResistant() {
    return true;
  }

  @Override
  public void onStart(LoggerContext started) {
    cap();
  }

  @Override
  public void onReset(LoggerContext reset) {
    cap();
  }

  @Override
  public void onStop(LoggerContext stopped) {}

  @Override
  public void onLevelChange(Logger logger, Level level) {
    cap();
  }
}
