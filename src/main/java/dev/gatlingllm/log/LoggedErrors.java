package dev.gatlingllm.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.function.Consumer;
import org.slf4j.Marker;

/** Hands on what one logger logs as errors, whether or not its level lets them through. */
final class LoggedErrors extends TurboFilter {

  private final String watched;
  private final Consumer<Throwable> onError;

  private LoggedErrors(String watched, Consumer<Throwable> onError) {
    this.watched = watched;
    this.onError = onError;
  }

  static void watch(LoggerContext context, String logger, Consumer<Throwable> onError) {
    LoggedErrors filter = new LoggedErrors(logger, onError);
    filter.start();
    context.addTurboFilter(filter);
  }

  @Override
  public FilterReply decide(
      Marker marker,
      Logger logger,
      Level level,
      String format,
      Object[] arguments,
      Throwable thrown) {
    if (thrown != null && level == Level.ERROR && watched.equals(logger.getName())) {
      onError.accept(thrown);
    }
    return FilterReply.NEUTRAL;
  }
}
